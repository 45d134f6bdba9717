// @vitest-environment happy-dom

/** What happens on a screen when somebody does something elsewhere: where it is open, elsewhere, and spoken. */

import { expect, it, vi } from "vitest";
import * as bell from "./bell.ts";
import { hours } from "./hours.ts";
import {
  a,
  answer,
  b,
  fact,
  find,
  happens,
  next,
  nia,
  ofRow,
  open,
  said,
  server,
  setUp,
  spoken,
  text,
} from "./live-stage.tsx";
import { lateDialogs } from "./parts.ts";
import { serve, settled } from "./stage.ts";
import * as samples from "./state/samples.ts";
import { note } from "./state/samples.ts";
import * as store from "./store.ts";

setUp();

it("what was assigned to me says so in the header or in a toast that leads there, comes to Mine, and rings", async () => {
  await open("mine");
  const dana = samples.colleague("dana", "Dana Reyes");
  const given = samples.event(9, { conversation: "b", by: nia, to: dana });
  await happens(fact("conversation.changed", { row: next(b(), { assignee: dana }), events: [given] }));

  expect(text(".toasts")).toContain("Nia Brooks assigned Earl Jones to you");
  expect(text(".toasts")).toContain("Open");
  expect(ofRow("b")).toContain("Assigned to you");
  expect(bell.ring).toHaveBeenCalledExactlyOnceWith("A conversation was assigned to you", true);

  await happens(fact("conversation.changed", { row: next(a(), { assignee: dana }), events: [] }));
  expect(find('.thread-header [aria-label^="Assigned to you"]')).not.toBeNull();
});

it("a note that calls on me is counted, told in a toast where I am elsewhere, and rings", async () => {
  await open();
  server.mine = { ...server.mine, mentions: 1 };
  await happens(fact("note.mentioned", { conversation: "b", note: "n1", by: nia }));

  expect(text(".toasts")).toContain("Nia Brooks mentioned you in a note");
  expect(text('nav[aria-label="Views"]')).toContain("1");
  expect(bell.ring).toHaveBeenCalledExactlyOnceWith("You were mentioned in a note", true);
  await happens(fact("note.written", { notes: [note(1, 2, { body: "Look at the dose" })] }));
  expect(text(".timeline")).toContain("Look at the dose");
  await spoken("Nia Brooks added a note: Look at the dose");
});

it("what a colleague marked as done says who and when, stays open, leaves the list, and is spoken", async () => {
  await open();
  const done = samples.event(2, { kind: "done", by: nia, to: null });
  await happens(fact("conversation.changed", { row: next(a(), { state: "done" }), events: [done] }));

  expect(text(".done-strip")).toMatch(/Nia Brooks marked this done · .*Reopen/);
  expect(text(".timeline")).toContain("words 1");
  expect(ofRow("a")).toBe("");
  await spoken("Nia Brooks marked this done");
});

it("a team that is mine no more goes, with its conversation and what was begun in it, and that is spoken", async () => {
  await open();
  store.keepDraft("a", { body: "Let me ask", via: null });
  server.mine = { ...server.mine, teams: server.mine.teams.slice(1) };
  await happens(fact("membership.ended", { team: "front", user: "dana" }));

  expect(text("section.thread")).toContain("You no longer have access to this conversation");
  expect(find(".desk")?.textContent).not.toContain("Let me ask");
  expect(find("form")).toBeNull();
  expect(text(".teams")).not.toContain("Front desk");
  await spoken("You no longer have access to Front desk");
});

it("texts that were stopped leave the composer with another way and the reason; the row and the spoken words say it too", async () => {
  await open();
  store.keepDraft("a", { body: "See you at 3", via: "secure_sms" });
  const stopped = { can: false, why: "opted_out" };
  const ways = { ...samples.patient().ways, sms: stopped, secure_sms: stopped };
  server.thread = { patient: samples.patient({ rev: 9, ways: ways as never }) };
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(server.thread.patient)));
  const event = samples.event(2, { kind: "texts_off", by: null, to: null });
  const patient = { ...a().patient, rev: 9 };
  await happens(fact("conversation.changed", { row: next(a(), { opted_out: true, patient }), events: [event] }));

  expect(text("form")).toMatch(/stopped texts.*This goes as secure e-mail now/i);
  expect(ofRow("a")).toContain("Opted out");
  await vi.waitFor(() => expect(said()).not.toBe(""), 3_000);
});

it("somebody who could not confirm who they are is a line of what is to do and a tag of the row", async () => {
  await open();
  const task = {
    id: "t",
    kind: "identity",
    number: null,
    at: "2026-11-23T15:10:00Z",
    outcomes: [],
    words: null,
    tries: 3,
  };
  await happens(fact("conversation.changed", { row: next(a(), { tasks: [task as never] }), events: [] }));

  expect(text("section.thread")).toMatch(/confirm/i);
  expect(find('[data-id="a"] .tag.todo')).not.toBeNull();
});

it("while the team is closed the composer says what patients see", async () => {
  await open();
  const closed = {
    team: "front",
    openings_from: "2026-11-01T06:00:00Z",
    openings: [],
    hours: { goal_minutes: null, tells_patients: true },
  };
  hours.value = new Map([
    ["front", { ...closed, now: { is_open: false, opens_at: "2026-11-24T14:00:00Z", changes_at: null } } as never],
  ]);
  await settled();
  expect(text("form")).toContain("Patients see:");
});

it("an import that goes on is in the bar wherever somebody is, said at its quarters, and gone when it is done", async () => {
  await lateDialogs.load();
  server.mine = { ...server.mine, user: { ...server.mine.user, role: "supervisor" } };
  await open();
  let position = 100;
  let state = "writing";
  const run = () => ({ id: "r", name: "Recall list", state, position, rows: 400 });
  serve((one) => (one.path === "/imports" ? { status: 200, said: { runs: [run()] } } : answer(one)));
  const further = async (to: number) => {
    position = to;
    await happens(fact("imports.changed", { run: "r" }));
  };

  await further(100);
  await vi.waitFor(() => expect(text(".bar .job")).toBe("Import 100/400"), 2_000);
  await further(230);
  await vi.waitFor(() => expect(text(".bar .job")).toBe("Import 230/400"), 2_000);
  await spoken("Import: 50 percent");
  find(".bar .job")?.click();
  expect(store.dialog.value).toEqual({ name: "import" });
  store.dialog.value = null;
  state = "done";
  await further(400);
  await vi.waitFor(() => expect(find(".bar .job")).toBeNull(), 2_000);
});
