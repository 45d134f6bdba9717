import { describe, expect, it } from "vitest";
import type { Row, StaffFact } from "../../../realtime/client/wire.gen.ts";
import * as state from "./inbox.ts";
import { inbox, row } from "./samples.ts";

const begin = (...rows: Parameters<typeof inbox>) => state.fromSnapshot(inbox(...rows), new Set(["front"]), null);

describe("what nobody has read after two days", () => {
  const unread = (id: string, since: string | null, rev = 1) => row(id, { rev, not_read_since: since });
  const changed = (n: number, is: Row): StaffFact => ({ n, kind: "conversation.changed", row: is });
  const begun = () =>
    begin([unread("a", "2026-11-21T14:00:00Z"), unread("b", "2026-11-20T14:00:00Z"), row("c")], { view: "not_read" });

  it("stands in a list of its own, the longest first", () => {
    expect(begun().order).toEqual(["b", "a"]);
    const more = state.apply({ ...begun(), counts: { not_read: 2 } }, [
      changed(11, unread("c", "2026-11-20T20:00:00Z", 2)),
    ]);
    expect(more.order).toEqual(["b", "c", "a"]);
    expect(more.counts.not_read).toBe(3);
  });

  it("leaves it once it was read, is done, or turns out not to have arrived", () => {
    const since = "2026-11-20T14:00:00Z";
    const read = unread("b", null, 2);
    const done: Row = { ...unread("b", since, 2), state: "done" };
    const lost: Row = { ...unread("b", since, 2), trouble: "failed" };
    for (const left of [read, done, lost]) expect(state.apply(begun(), [changed(11, left)]).order).toEqual(["a"]);
  });
});
