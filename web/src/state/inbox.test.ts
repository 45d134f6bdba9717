import { describe, expect, it } from "vitest";
import type { Row, StaffFact, View } from "../../../realtime/client/wire.gen.ts";
import * as state from "./inbox.ts";
import { colleague, inbox, message, posted, row, waiting } from "./samples.ts";
import { isUnread } from "./views.ts";

const scope = new Set(["front"]);
const begin = (...rows: Parameters<typeof inbox>) => state.fromSnapshot(inbox(...rows), scope, null);

describe("applying facts", () => {
  const facts: StaffFact[] = [
    posted(11, waiting("b", 5, 2)),
    posted(12, row("a", { rev: 3, updated_at: "2026-11-23T15:09:00Z" })),
    posted(13, waiting("a", 12, 4)),
    { n: 14, kind: "conversation.seen", conversation: "a", number: 3 },
  ];

  it("twice is the same as once", () => {
    const once = state.apply(begin([waiting("a", 1), waiting("b", 2)]), facts);
    expect(state.apply(once, facts)).toEqual(once);
  });

  it("out of order ends where the order would have ended: the higher rev wins", () => {
    const start = begin([waiting("a", 1), waiting("b", 2)]);
    const inOrder = state.apply(start, facts);
    const backwards = state.apply(start, [...facts].reverse());
    const shown = ({ rows, order, counts }: state.InboxState) => ({ rows, order, counts });
    expect(shown(backwards)).toEqual(shown(inOrder));
  });

  it("puts who waits longest first", () => {
    const list = state.apply(begin([waiting("a", 3), waiting("b", 4)]), [posted(11, waiting("c", 1))]);
    expect(list.order).toEqual(["c", "a", "b"]);
  });

  it("puts the newest first in every other view", () => {
    const rows = [row("a", { updated_at: "2026-11-23T15:01:00.5Z" }), row("b", { updated_at: "2026-11-23T15:01:00Z" })];
    const list = begin(rows, { view: "open" });
    expect(list.order).toEqual(["a", "b"]);
    const later = state.apply(list, [posted(11, row("b", { rev: 2, updated_at: "2026-11-23T15:02:00Z" }))]);
    expect(later.order).toEqual(["b", "a"]);
  });

  it("takes an answered conversation out of Needs reply and keeps the counts true", () => {
    const list = state.apply(begin([waiting("a", 1), waiting("b", 2)]), [
      posted(11, row("a", { rev: 2, last: last(2) })),
    ]);
    expect(list.order).toEqual(["b"]);
    expect(list.counts).toMatchObject({ needs_reply: 1, open: 2, waiting: 1 });
  });

  it("leaves other teams' rows out of the list and of the counts", () => {
    const list = state.apply(begin([waiting("a", 1)]), [posted(11, { ...waiting("x", 1), team: "nurses" })]);
    expect(list.order).toEqual(["a"]);
    expect(list.countsInDoubt).toBe(false);
  });

  it("doubts the counts when a conversation appears whose former state was never seen", () => {
    const list = state.apply(begin([waiting("a", 1)]), [posted(11, waiting("b", 3, 9))]);
    expect(list.countsInDoubt).toBe(true);
    expect(state.withCounts(list, inbox([waiting("a", 1), waiting("b", 3, 9)])).countsInDoubt).toBe(false);
  });
});

const last = (number: number, from: "staff" | "patient" = "staff") =>
  ({
    number,
    from,
    who: "Nia",
    via: "secure_sms",
    preview: "",
    at: "2026-11-23T15:02:00Z",
    delivery: null,
    viewed_at: null,
  }) as const;

describe("whose work it is", () => {
  const nia = colleague("nia", "Nia Brooks");
  const assigned = (n: number, id: string, rev: number, assignee: Row["assignee"]): StaffFact => ({
    n,
    kind: "conversation.changed",
    row: { ...waiting(id, 1, rev), assignee },
  });
  const of = (view: View, me: string) =>
    state.fromSnapshot(inbox([waiting("a", 1), waiting("b", 2)], { view }), scope, null, false, me);

  it("moves a row out of Unassigned and into Mine as it is given to me, with the counts", () => {
    const unassigned = state.apply(of("unassigned", "nia"), [assigned(11, "a", 2, nia)]);
    expect(unassigned.order).toEqual(["b"]);
    expect(unassigned.counts).toMatchObject({ needs_reply: 2, mine: 1, unassigned: 1 });
    const mine = state.apply({ ...unassigned, view: "mine" }, [assigned(12, "b", 2, nia)]);
    expect(mine.order).toEqual(["b", "a"]);
    const freed = state.apply(mine, [assigned(13, "a", 3, null)]);
    expect(freed.order).toEqual(["b"]);
    expect(freed.counts).toMatchObject({ mine: 1, unassigned: 1 });
  });

  it("is nothing of mine when it is given to somebody else", () => {
    const mine = state.apply(of("mine", "dana"), [assigned(11, "a", 2, nia)]);
    expect(mine.order).toEqual([]);
    expect(mine.counts).toMatchObject({ mine: 0, unassigned: 1 });
  });
});

describe("a snooze", () => {
  const snoozed = (n: number, id: string, rev: number, until: string | null): StaffFact => ({
    n,
    kind: "conversation.changed",
    row: { ...waiting(id, 1, rev), snoozed_until: until },
  });

  it("takes a row out of the way and brings it back to its place", () => {
    const away = state.apply(begin([waiting("a", 1), waiting("b", 2)]), [snoozed(11, "a", 2, "2026-11-24T14:00:00Z")]);
    expect(away.order).toEqual(["b"]);
    expect(away.counts).toMatchObject({ needs_reply: 1, unassigned: 1, snoozed: 1, open: 2 });
    const back = state.apply(away, [snoozed(12, "a", 3, null)]);
    expect(back.order).toEqual(["a", "b"]);
    expect(back.counts).toMatchObject({ needs_reply: 2, snoozed: 0 });
  });

  it("that ends first stands first", () => {
    const rows = [
      row("a", { snoozed_until: "2026-11-25T14:00:00Z" }),
      row("b", { snoozed_until: "2026-11-24T14:00:00Z" }),
    ];
    expect(begin(rows, { view: "snoozed" }).order).toEqual(["b", "a"]);
  });
});

describe("priority", () => {
  it("stands before who waits longer, and only there", () => {
    const rows = [waiting("a", 1), { ...waiting("b", 4), priority: true }, waiting("c", 2)];
    expect(begin(rows).order).toEqual(["b", "a", "c"]);
    expect(begin(rows, { view: "open" }).order).toEqual(["b", "c", "a"]);
    const off: StaffFact = { n: 11, kind: "conversation.changed", row: waiting("b", 4, 2) };
    expect(state.apply(begin(rows), [off]).order).toEqual(["a", "c", "b"]);
  });
});

describe("while the pointer or the focus is in the list", () => {
  it("rows stay where they are, and new ones are only counted", () => {
    const list = state.apply(
      begin([waiting("b", 4)]),
      [posted(11, waiting("c", 1)), posted(12, row("b", { rev: 2 }))],
      true,
    );
    expect(list.order).toEqual(["b"]);
    expect(list.arrivals).toBe(1);
    expect(list.rows.get("b")?.needs_reply_since).toBeNull();
  });

  it("everything goes to its place when they have left", () => {
    const held = state.apply(
      begin([waiting("b", 4)]),
      [posted(11, waiting("c", 1)), posted(12, row("b", { rev: 2 }))],
      true,
    );
    const list = state.settle(held);
    expect(list.order).toEqual(["c"]);
    expect(list.arrivals).toBe(0);
  });
});

describe("pages", () => {
  it("a row that sorts after the last page stays away until its page comes", () => {
    const list = begin([waiting("a", 1), waiting("b", 2)], { next: "cursor" });
    expect(state.apply(list, [posted(11, waiting("z", 40))]).order).toEqual(["a", "b"]);
    const all = state.withPage(list, inbox([waiting("c", 3), waiting("z", 40)]));
    expect(all.order).toEqual(["a", "b", "c", "z"]);
  });

  it("a snapshot older than what is known does not undo it", () => {
    const known = state.apply(begin([waiting("a", 1)]), [posted(11, row("a", { rev: 5, state: "done" }))]);
    const again = state.fromSnapshot(inbox([waiting("a", 1)]), scope, known);
    expect(again.rows.get("a")?.rev).toBe(5);
    expect(again.order).toEqual([]);
  });
});

describe("while held", () => {
  it("the next page comes below and nothing above it moves", () => {
    const list = begin([waiting("a", 1), waiting("b", 2)], { next: "cursor" });
    const held = state.apply(list, [posted(11, waiting("n", 0))], true);
    const all = state.withPage(held, inbox([waiting("c", 3)]), true);
    expect(all.order).toEqual(["a", "b", "c"]);
    expect(all.arrivals).toBe(1);
  });

  it("a fresh snapshot of the same list moves nothing either", () => {
    const list = begin([waiting("b", 2)]);
    const again = state.fromSnapshot(inbox([waiting("a", 1), waiting("b", 2)]), scope, list, true);
    expect(again.order).toEqual(["b"]);
    expect(again.arrivals).toBe(1);
  });
});

describe("my reading mark", () => {
  it("makes a row unread until the newest message was seen, and can be set back", () => {
    const unread = row("a", { last: last(3, "patient") });
    const list = begin([unread], { view: "unread", counts: { unread: 1 } });
    expect(list.order).toEqual(["a"]);
    const seen = state.apply(list, [{ n: 11, kind: "conversation.seen", conversation: "a", number: 3 }]);
    expect(seen.order).toEqual([]);
    expect(seen.counts.unread).toBe(0);
    const back = state.apply(seen, [{ n: 12, kind: "conversation.seen", conversation: "a", number: 2 }]);
    expect(back.counts.unread).toBe(1);
    expect(isUnread(unread, back.seen.get("a"))).toBe(true);
  });
});

describe("a conversation that is no more", () => {
  const gone: StaffFact = { n: 11, kind: "conversation.removed", conversation: "a" };

  it.each([true, false])("leaves the list, and the counts are asked for (held: %s)", (held) => {
    const list = state.apply(begin([waiting("a", 1), waiting("b", 2)]), [gone], held);
    expect(list.order).toEqual(["b"]);
    expect(list.rows.has("a")).toBe(false);
    expect(list.countsInDoubt).toBe(true);
  });

  it("changes nothing where it was not known", () => {
    const list = begin([waiting("b", 2)]);
    expect(state.apply(list, [gone])).toBe(list);
  });
});

describe("a fact about messages", () => {
  it("changes the row by what the fact carries, not by the message", () => {
    const list = state.apply(begin([waiting("a", 1)]), [posted(11, waiting("a", 1, 2), [message(9)])]);
    expect(list.rows.get("a")?.last).toBeNull();
  });
});

describe("a list of one tag", () => {
  const refill = { id: "t", name: "Refill", colour: "teal" } as const;
  const begun = () => begin([row("a", { tags: [refill] })], { view: "open", tag: "t" });
  const changed = (n: number, is: ReturnType<typeof row>): StaffFact => ({ n, kind: "conversation.changed", row: is });

  it("gains what gets the tag, and loses what it is taken off", () => {
    const both = state.apply(begun(), [changed(11, row("b", { rev: 2, tags: [refill] }))]);
    expect([...both.order].sort()).toEqual(["a", "b"]);
    expect(state.apply(both, [changed(12, row("a", { rev: 2 }))]).order).toEqual(["b"]);
  });

  it("counts the whole lists", () => {
    const list = state.apply(begun(), [changed(11, row("a", { rev: 2 }))]);
    expect(list.order).toEqual([]);
    expect(list.counts.open).toBe(1);
  });
});
