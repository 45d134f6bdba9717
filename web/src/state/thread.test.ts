import { describe, expect, it } from "vitest";
import type { StaffFact } from "../../../realtime/client/wire.gen.ts";
import { event, message, patient, posted, row, thread } from "./samples.ts";
import * as state from "./thread.ts";

const begin = (...given: Parameters<typeof thread>) => state.fromSnapshot(thread(...given), null);
const numbers = (open: state.ThreadState) => open.messages.map((each) => each.number);

describe("applying facts", () => {
  const facts: StaffFact[] = [
    posted(11, row("a", { rev: 2 }), [message(2)]),
    posted(12, row("a", { rev: 3 }), [message(3)]),
    { n: 13, kind: "message.viewed", row: row("a", { rev: 4 }), messages: [message(2, { rev: 2, body: "viewed" })] },
  ];

  it("twice, or late, is the same as once", () => {
    const start = begin([message(1)]);
    const once = state.apply(start, facts);
    expect(numbers(once)).toEqual([1, 2, 3]);
    expect(state.apply(once, facts)).toEqual(once);
    expect(state.apply(start, [...facts].reverse()).messages).toEqual(once.messages);
  });

  it("takes what was taken back, and does not bring it back with an older fact", () => {
    const recalled = message(2, { rev: 5, recalled: { at: "2026-11-23T15:05:00Z", by: "Dana" } });
    const changed: StaffFact = { n: 14, kind: "message.changed", row: row("a", { rev: 5 }), messages: [recalled] };
    const open = state.apply(begin([message(1), message(2)]), [changed, ...facts]);
    expect(open.messages[1]?.recalled?.by).toBe("Dana");
  });

  it("takes nothing of another conversation", () => {
    const other = posted(11, row("b", { rev: 9 }), [message(2, { conversation: "b" })]);
    const start = begin([message(1)]);
    expect(state.apply(start, [other])).toBe(start);
  });

  it("notices that a message is missing in between", () => {
    const open = state.apply(begin([message(1)]), [posted(12, row("a", { rev: 3 }), [message(3)])]);
    expect(open.hasGap).toBe(true);
    expect(state.withMessages(open, [message(2)]).hasGap).toBe(false);
  });

  it("does not take a change of a message older than the loaded page for a gap", () => {
    const open = begin([message(51)], { before: 51 });
    const late = state.withMessages(open, [message(2, { rev: 7 })]);
    expect(late).toBe(open);
  });

  it("says that the directory entry must be fetched when a newer one is announced", () => {
    const rowPatient = { id: "patient of a", rev: 4, name: "Maria Lopez", initials: "ML", language: "en" };
    const changed = row("a", { rev: 2, patient: rowPatient });
    const open = state.apply(begin([]), [{ n: 11, kind: "patient.changed", patient: rowPatient, rows: [changed] }]);
    expect(open.patientIsStale).toBe(true);
    expect(state.withPatient(open, patient({ rev: 4 })).patientIsStale).toBe(false);
    expect(state.withPatient(open, patient({ rev: 0 }))).toBe(open);
  });
});

describe("what was done with the conversation", () => {
  const told = (...events: ReturnType<typeof event>[]): StaffFact => ({
    n: 20,
    kind: "conversation.changed",
    row: row("a", { rev: 9 }),
    events,
  });

  it("stands after its message, once, in the order of time", () => {
    const open = state.apply(begin([message(1), message(2)]), [told(event(2)), told(event(1)), told(event(2))]);
    expect(open.events.map((each) => each.id)).toEqual(["e1", "e2"]);
  });

  it("comes with its page where that is not loaded, and not of other conversations", () => {
    const start = begin([message(51)], { before: 51 });
    const open = state.apply(start, [told(event(3)), told(event(52, { conversation: "b" }))]);
    expect(open.events).toEqual([]);
    const older = state.withOlder(start, thread([message(50)], { events: [event(50)] }));
    expect(older.events.map((each) => each.number)).toEqual([50]);
  });
});

describe("snapshots and pages", () => {
  it("older messages join above", () => {
    const open = begin([message(3)], { before: 3 });
    const joined = state.withOlder(open, thread([message(1), message(2)]));
    expect(numbers(joined)).toEqual([1, 2, 3]);
    expect(joined.before).toBeNull();
  });

  it("a new snapshot keeps the older pages that were loaded, if the two meet", () => {
    const open = state.withOlder(begin([message(3)], { before: 3 }), thread([message(2)], { before: 2 }));
    const again = state.fromSnapshot(thread([message(4), message(5)], { before: 4 }), open);
    expect(numbers(again)).toEqual([2, 3, 4, 5]);
    expect(again.before).toBe(2);
  });

  it("a new snapshot replaces all when too much was missed to meet", () => {
    const again = state.fromSnapshot(thread([message(90)], { before: 90 }), begin([message(3)]));
    expect(numbers(again)).toEqual([90]);
    expect(again.before).toBe(90);
  });
});

describe("a conversation that came to another entry of its patient", () => {
  const start = begin([message(1)]);
  const moved = row("a", { rev: 9, patient: { ...start.row.patient, id: "kept", name: "Maria Garcia-Lopez" } });

  it("is fetched again, and nothing of what was known names the former one", () => {
    const open = state.apply(start, [{ n: 11, kind: "conversation.changed", row: moved, events: [] }]);
    expect(open.hasGap).toBe(true);
    const renamed = message(1, { body: "again" });
    const again = state.fromSnapshot(thread([renamed], { row: moved, patient: patient({ id: "kept" }) }), open);
    expect(again.messages).toEqual([renamed]);
  });
});
