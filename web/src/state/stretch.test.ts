import { describe, expect, it } from "vitest";
import type { Message, StaffFact } from "../../../realtime/client/wire.gen.ts";
import * as sight from "../sight.ts";
import { event, message, note, patient, posted, row, thread } from "./samples.ts";
import { bounded, isAtEnd, MOST, newest, viewedMarks } from "./stretch.ts";
import * as state from "./thread.ts";

const some = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => message(from + at));
const begin = (...given: Parameters<typeof thread>) => state.fromSnapshot(thread(...given), null);
const span = ({ messages }: state.ThreadState) => [messages[0]?.number, messages.at(-1)?.number];
const receipt = (reader = "p") => ({
  patient: reader,
  name: "Maria",
  initials: "M",
  at: "2026-11-23T15:02:00Z",
  device: null,
});
const read = (number: number, ...readers: string[]) => message(number, { rev: 5, receipts: readers.map(receipt) });
const viewed = (n: number, ...messages: Message[]): StaffFact => ({
  n,
  kind: "message.viewed",
  row: row("a", { rev: n }),
  messages,
});

/** Of 1..600 the older half has been read on to, and what was below has been dropped. */
const up = (more: Partial<Parameters<typeof thread>[1]> = {}) =>
  bounded(state.withOlder(begin(some(51, 600), { before: 51, ...more }), thread(some(1, 50))), "newest");

describe("a very long conversation", () => {
  it("loses its oldest messages, and what stands under them, for whoever reads at the bottom", () => {
    const [notes, events] = [
      [note(1, 3), note(2, 550)],
      [event(7), event(560)],
    ];
    const open = bounded(begin(some(1, 600), { notes, events }), "oldest");

    expect(span(open)).toEqual([201, 600]);
    expect(open.before).toBe(201);
    expect([open.notes.map((each) => each.after), open.events.map((each) => each.number)]).toEqual([[550], [560]]);
    expect([isAtEnd(open), open.hasGap, newest(open), open.lastNote]).toEqual([true, false, 600, 2]);
    expect(span(state.withOlder(open, thread(some(151, 200), { before: 151 })))).toEqual([151, 600]);
  });

  it("loses its newest messages for whoever reads further up, and knows that", () => {
    const open = up({ notes: [note(1, 100), note(2, 550)] });

    expect(span(open)).toEqual([1, MOST]);
    expect(open.notes.map((each) => each.number)).toEqual([1]);
    expect([isAtEnd(open), newest(open), open.lastNote, open.before]).toEqual([false, 600, 2, null]);
  });

  it("is left alone while it is not that long", () => {
    const open = begin(some(1, MOST));
    expect(bounded(open, "newest")).toBe(open);
    expect(bounded(open, "oldest")).toBe(open);
  });
});

describe("facts about messages that are not loaded", () => {
  it("are counted, and bring nothing into the stretch", () => {
    const facts = [posted(11, row("a", { rev: 9 }), [message(601)]), posted(12, row("a", { rev: 10 }), [message(602)])];
    const open = state.apply(up(), facts);

    expect(span(open)).toEqual([1, MOST]);
    expect([newest(open), open.tip?.body, open.hasGap, open.row.rev]).toEqual([602, "words 602", false, 10]);
    expect(state.apply(open, [...facts].reverse())).toEqual(open);
  });

  it("count notes the same, and lines of what was done come with their page", () => {
    const written: StaffFact = { n: 11, kind: "note.written", notes: [note(1, 600)] };
    const done: StaffFact = { n: 12, kind: "conversation.changed", row: row("a", { rev: 9 }), events: [event(600)] };
    const open = state.apply(up(), [written, done]);

    expect([open.notes, open.events, open.lastNote, open.row.rev]).toEqual([[], [], 1, 9]);
  });

  it("change those that are loaded as ever", () => {
    const open = state.apply(up(), [viewed(11, read(7, "p"))]);
    expect(open.messages[6]?.receipts).toHaveLength(1);
  });

  it("rename whoever wrote the newest", () => {
    const rowPatient = { id: "patient of a", rev: 4, name: "Maria Lopez", initials: "ML", language: "en" };
    const open = state.apply(up(), [{ n: 11, kind: "patient.changed", patient: rowPatient, rows: [] }]);
    expect(open.tip?.from.name).toBe("Maria Lopez");
  });
});

describe("pages below", () => {
  it("join until the newest message is there, and then facts come in again", () => {
    const half = state.withNewer(up(), thread(some(501, 550)));
    expect([span(half), isAtEnd(half)]).toEqual([[1, 550], false]);

    const all = state.withNewer(half, thread(some(551, 600)));
    const then = state.apply(all, [posted(11, row("a", { rev: 9 }), [message(601)])]);

    expect([isAtEnd(all), span(then), then.hasGap]).toEqual([true, [1, 601], false]);
  });

  it("a new snapshot that does not meet the stretch takes its place", () => {
    const again = state.fromSnapshot(thread(some(651, 700), { before: 651 }), up());
    expect([span(again), again.before, isAtEnd(again)]).toEqual([[651, 700], 651, true]);
  });

  it("a new snapshot that meets it is the end again", () => {
    const again = state.fromSnapshot(thread(some(480, 602), { before: 480, patient: patient() }), up());
    expect([span(again), again.before, isAtEnd(again), newest(again)]).toEqual([[1, 602], null, true, 602]);
  });
});

describe("viewed marks", () => {
  it("stand under the last message each reader has seen", () => {
    const open = begin([read(1, "p"), read(2, "p"), message(3)]);
    expect([...viewedMarks(open).keys()]).toEqual(["m2"]);
  });

  it("do not stand under a message after which their reader has read on", () => {
    const page = [...some(1, 9), read(10, "p", "q"), ...some(11, 599), read(600, "p")];
    const open = bounded(begin(page), "newest");
    expect(
      viewedMarks(open)
        .get("m10")
        ?.map((each) => each.patient),
    ).toEqual(["q"]);

    const later = state.apply(open, [viewed(11, read(599, "q"))]);
    expect(viewedMarks(later).size).toBe(0);
    const joined = state.withNewer(later, thread([...some(501, 598), read(599, "q"), read(600, "p")]));
    expect([...viewedMarks(joined).keys()]).toEqual(["m600", "m599"]);
  });
});

it("whoever writes from further up has not seen what came meanwhile", () => {
  const open = state.apply(up({ seen: 600 }), [posted(11, row("a", { rev: 9 }), [message(601)])]);
  expect([sight.of(open), sight.isAll(open)]).toEqual([600, false]);
});
