// @vitest-environment happy-dom
import { describe, expect, it, vi } from "vitest";
import type { Draft as Begun, StaffDraftChanged } from "../../realtime/client/wire.gen.ts";
import * as desk from "./desk.ts";
import * as kept from "./drafts.ts";
import { pause, saved, setUp, stage, write } from "./drafts-stage.ts";
import * as notes from "./notes.ts";
import * as outgoing from "./outgoing.ts";
import { message, note } from "./state/samples.ts";
import { draftOf, keepDraft, keepNoteDraft, noteDraftOf, pending } from "./store.ts";

setUp();

const begun = (body: string, change: Partial<Begun> = {}): Begun => ({
  kind: "message",
  body,
  via: null,
  both: false,
  patient_only: false,
  ...change,
});
const heard = (change: Partial<StaffDraftChanged> = {}) =>
  kept.hear({ kind: "draft.changed", n: 1, conversation: stage.here, kept: true, screen: null, ...change });

describe("what has been begun elsewhere", () => {
  it("is in the composer when the conversation is opened, and is not saved again", async () => {
    const both = begun("Dear Maria", { via: "secure_sms", both: true, patient_only: true });
    kept.take(stage.here, [both, begun("Ask Nia", { kind: "note" })], kept.moment());
    expect(draftOf(stage.here)).toEqual({ body: "Dear Maria", via: "both", patientOnly: true });
    expect(noteDraftOf(stage.here).body).toBe("Ask Nia");
    await pause();
    expect(stage.asked).toEqual([]);
  });

  it("does not take the place of what was written here since", async () => {
    kept.take(stage.here, [begun("Dear")], kept.moment());
    write("Dear Maria");
    kept.take(stage.here, [begun("Hello")], kept.moment());
    expect(draftOf(stage.here).body).toBe("Dear Maria");
    await pause();
    expect(saved()).toEqual(["Dear Maria"]);
  });

  it("does not bring back words from before they were saved or sent here", async () => {
    const before = kept.moment();
    write("Dear Maria");
    await pause();
    kept.take(stage.here, [begun("Dear")], before);
    expect(draftOf(stage.here).body).toBe("Dear Maria");
    write("");
    kept.went("message", stage.here);
    kept.take(stage.here, [begun("Dear Maria")], before);
    expect(draftOf(stage.here).body).toBe("");
  });

  it("leaves a choice that was made before the first word", () => {
    keepDraft(stage.here, { body: "", via: "sms", patientOnly: true });
    kept.take(stage.here, [], kept.moment());
    expect(draftOf(stage.here)).toEqual({ body: "", via: "sms", patientOnly: true });
  });

  it("is asked for when another screen of mine wrote, and not for this one's own words", async () => {
    stage.answer = () => [200, { conversation: stage.here, drafts: [begun("From the other screen")] }];
    await heard();
    expect(draftOf(stage.here).body).toBe("From the other screen");
    expect(stage.asked).toMatchObject([{ method: "GET", path: `/conversations/${stage.here}/draft` }]);

    stage.answer = () => [204];
    write("From here");
    await pause();
    await heard({ screen: String(stage.asked[1]?.body.screen) });
    await heard({ conversation: "elsewhere" });
    expect(stage.asked).toHaveLength(2);
  });

  it("goes from this screen when it was sent from another", async () => {
    kept.take(stage.here, [begun("Dear Maria")], kept.moment());
    stage.answer = () => [200, { conversation: stage.here, drafts: [] }];
    await heard({ kept: false });
    expect(draftOf(stage.here).body).toBe("");
    await heard({ kept: false });
    expect(stage.asked).toHaveLength(1);
  });
});

describe("what is sent", () => {
  it("waits for its own last words, and needs no end of the draft: the server has made it", async () => {
    let arrive = () => {};
    stage.answer = ({ method }) =>
      method === "PUT"
        ? new Promise((done) => (arrive = () => done([204])))
        : [201, message(1, { conversation: stage.here })];
    write("Dear Maria");
    await pause();
    desk.send(stage.here, "secure_sms", "Dear Maria");
    await vi.advanceTimersByTimeAsync(0);
    expect(stage.asked.map((each) => each.method)).toEqual(["PUT"]);
    arrive();
    await pause();
    await pause();
    expect(stage.asked.map((each) => each.method)).toEqual(["PUT", "POST"]);
  });

  it("stays a draft on the server until it has really gone", async () => {
    write("Dear Maria");
    await pause();
    stage.answer = () => [503];
    desk.send(stage.here, "secure_sms", "Dear Maria");
    await pause();
    expect(saved()).toEqual(["Dear Maria"]);
    const [entry] = pending.value;
    stage.answer = () => [204];
    outgoing.drop(entry?.key ?? "");
    await pause();
    expect(saved()).toEqual(["Dear Maria", ""]);
  });

  it("leaves what was begun in the meantime, which is kept anew", async () => {
    write("First");
    await pause();
    stage.answer = () => [503];
    desk.send(stage.here, "secure_sms", "First");
    await vi.advanceTimersByTimeAsync(0);
    write("Second");
    stage.answer = ({ method }) => (method === "PUT" ? [204] : [201, message(1, { conversation: stage.here })]);
    await vi.advanceTimersByTimeAsync(5_000);
    outgoing.nudge();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(pending.value).toEqual([]);
    expect(draftOf(stage.here).body).toBe("Second");
    expect(saved().at(-1)).toBe("Second");
    const posted = stage.asked.findLastIndex((each) => each.method === "POST");
    expect(stage.asked.slice(posted + 1).map((each) => each.body.body)).toContain("Second");
  });

  it("does so as a note too", async () => {
    keepNoteDraft(stage.here, { body: "Ask Nia", chosen: [] });
    await pause();
    stage.answer = () => [201, note(1, 0, { conversation: stage.here, body: "Ask Nia" })];
    notes.add(stage.here, "Ask Nia", []);
    await pause();
    await pause();
    expect(stage.asked.map((each) => each.method)).toEqual(["PUT", "POST"]);
  });
});
