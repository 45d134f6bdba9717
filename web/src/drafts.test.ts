// @vitest-environment happy-dom
import { describe, expect, it, vi } from "vitest";
import * as kept from "./drafts.ts";
import { pause, saved, setUp, stage, write } from "./drafts-stage.ts";
import { connection, keepDraft, keepNoteDraft, place, signedOut } from "./store.ts";

setUp();

describe("what is being written", () => {
  it("is kept once its writer pauses, with the way that was chosen", async () => {
    write("Dear");
    await vi.advanceTimersByTimeAsync(600);
    keepDraft(stage.here, { body: "Dear Maria", via: "both", patientOnly: true });
    await vi.advanceTimersByTimeAsync(600);
    expect(stage.asked).toEqual([]);
    await pause();
    expect(stage.asked.map(({ path, body }) => [path, body])).toEqual([
      [
        `/conversations/${stage.here}/draft`,
        {
          kind: "message",
          body: "Dear Maria",
          via: "secure_sms",
          both: true,
          patient_only: true,
          screen: expect.any(String),
        },
      ],
    ]);
    await pause();
    expect(stage.asked).toHaveLength(1);
  });

  it("is kept as a note with no way in it", async () => {
    keepNoteDraft(stage.here, { body: "Ask Nia", chosen: [] });
    await pause();
    expect(Object.keys(stage.asked[0]?.body ?? {}).sort()).toEqual(["body", "kind", "screen"]);
    expect(stage.asked[0]?.body.kind).toBe("note");
  });

  it("is kept at once when the writer goes elsewhere", async () => {
    write("Dear Maria");
    place.value = { ...place.value, conversation: "elsewhere" };
    await vi.advanceTimersByTimeAsync(0);
    expect(saved()).toEqual(["Dear Maria"]);
  });

  it("is kept while the page ends, even if older words are still on their way", async () => {
    stage.answer = () => new Promise(() => undefined);
    write("Dear");
    await pause();
    write("Dear Maria");
    void kept.flush(true);
    void kept.flush(true);
    expect(saved()).toEqual(["Dear", "Dear Maria"]);
    expect(stage.asked.every((each) => each.isLast)).toBe(true);
  });

  it("arrives in its order", async () => {
    let arrive = () => {};
    stage.answer = () => new Promise((done) => (arrive = () => done([204])));
    write("Dear");
    await pause();
    write("Dear Maria");
    await pause();
    expect(saved()).toEqual(["Dear"]);
    arrive();
    await pause();
    expect(saved()).toEqual(["Dear", "Dear Maria"]);
    arrive();
  });

  it("is ended when its words are taken out", async () => {
    write("Dear");
    await pause();
    write("");
    await pause();
    expect(saved()).toEqual(["Dear", ""]);
  });

  it("waits for the network, and warns until it is kept", async () => {
    stage.answer = () => [503];
    write("Dear");
    await pause();
    expect(kept.hasUnsentWords.value).toBe(true);
    stage.answer = () => [204];
    await kept.flush();
    expect(saved()).toEqual(["Dear", "Dear"]);
    expect(kept.hasUnsentWords.value).toBe(false);
  });

  it("is not asked for again where the server said no, until it is other words", async () => {
    stage.answer = () => [422, { code: "too_long" }];
    write("Too many");
    await pause();
    await kept.flush();
    expect(saved()).toEqual(["Too many"]);
    expect(kept.wouldLose()).toBe(true);
    write("Fewer");
    await pause();
    expect(saved()).toEqual(["Too many", "Fewer"]);
  });

  it("is not kept in the name of whoever signs in next", async () => {
    stage.answer = () => [401];
    write("Dear");
    await pause();
    signedOut.value = true;
    await kept.flush(true);
    expect(stage.asked).toHaveLength(1);
    signedOut.value = false;
    stage.answer = () => [204];
    await kept.flush();
    expect(saved()).toEqual(["Dear", "Dear"]);
  });

  it("lets the page go while it is on its way, unless the line is down", async () => {
    stage.answer = () => new Promise(() => undefined);
    write("Dear");
    expect(kept.wouldLose()).toBe(true);
    void kept.flush(true);
    expect(kept.wouldLose()).toBe(false);
    connection.value = { name: "offline" } as typeof connection.value;
    expect(kept.wouldLose()).toBe(true);
  });
});
