import { describe, expect, it } from "vitest";
import type { StaffFact } from "../../../realtime/client/wire.gen.ts";
import { idOf, inTurn } from "./notes.ts";
import { event, message, note, thread } from "./samples.ts";
import * as state from "./thread.ts";

const written = (n: number, ...notes: ReturnType<typeof note>[]): StaffFact => ({ n, kind: "note.written", notes });
const begin = (...given: Parameters<typeof thread>) => state.fromSnapshot(thread(...given), null);
const shown = (open: state.ThreadState) => inTurn(open.messages, open.notes, open.events).map(idOf);

describe("notes in a conversation", () => {
  it("stand under the message of their time, and before the first", () => {
    const notes = [note(1, 0), note(2, 1), note(3, 1), note(4, 2)];
    expect(shown(begin([message(1), message(2)], { notes }))).toEqual(["n1", "m1", "n2", "n3", "m2", "n4"]);
  });

  it("stand among what was done with the conversation, in the order of time", () => {
    const at = (second: number) => `2026-11-23T16:00:0${second}Z`;
    const notes = [note(1, 1, { at: at(2) }), note(2, 1, { at: at(4) })];
    const events = [event(1, { at: at(3) }), event(2, { at: at(1) })];
    expect(shown(begin([message(1), message(2)], { notes, events }))).toEqual(["m1", "n1", "e1", "n2", "m2", "e2"]);
  });

  it("come live, once, and move nothing else", () => {
    const open = begin([message(1)]);
    const after = state.apply(open, [written(11, note(1, 1)), written(11, note(1, 1))]);
    expect(shown(after)).toEqual(["m1", "n1"]);
    expect(after.row).toBe(open.row);
    expect(after.messages).toBe(open.messages);
  });

  it("of another conversation, or of an older page, are not taken", () => {
    const open = begin([message(51)], { before: 51 });
    expect(state.apply(open, [written(11, note(1, 51, { conversation: "b" }))])).toBe(open);
    expect(state.withNotes(open, [note(1, 50)])).toBe(open);
  });

  it("tell when one is missing", () => {
    const open = state.withNotes(begin([message(1)], { notes: [note(1, 1)] }), [note(3, 1)]);
    expect(open.hasGap).toBe(true);
    expect(state.withNotes(open, [note(2, 1)]).hasGap).toBe(false);
  });

  it("of an older page come above", () => {
    const open = begin([message(2)], { before: 2, notes: [note(2, 2)] });
    const older = state.withOlder(open, thread([message(1)], { notes: [note(1, 1)] }));
    expect(shown(older)).toEqual(["m1", "n1", "m2", "n2"]);
  });

  it("that are known stay when a fresh page comes, unless something between is missing", () => {
    const known = begin([message(1), message(2)], { notes: [note(1, 1)] });
    const joined = state.fromSnapshot(thread([message(2)], { before: 2, notes: [note(2, 2)] }), known);
    expect(shown(joined)).toEqual(["m1", "n1", "m2", "n2"]);
    const apart = state.fromSnapshot(thread([message(2)], { before: 2, notes: [note(3, 2)] }), known);
    expect(shown(apart)).toEqual(["m2", "n3"]);
  });
});
