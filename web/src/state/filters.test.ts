import { describe, expect, it } from "vitest";
import type { Inbox, Row } from "../../../realtime/client/wire.gen.ts";
import { apply, fromSnapshot } from "./inbox.ts";
import { inbox, row, waiting } from "./samples.ts";
import { atTime, withTurned } from "./turns.ts";

const SAM = { id: "sam", name: "Sam Okafor", initials: "SO" };
const at = (minute: number) => Date.parse("2026-11-23T15:00:00Z") + minute * 60_000;
const TEAMS = new Set(["front"]);
const screen = (change: Partial<Inbox>, rows: Row[] = []) =>
  fromSnapshot(inbox(rows, { view: "open", ...change }), TEAMS, null);
const changed = (each: Row) => ({ kind: "conversation.changed", n: 1, row: each }) as const;

describe("a list with a filter", () => {
  const spanish = { id: "p", rev: 1, name: "Rosa", initials: "R", language: "es" };
  it.each([
    ["tag", { tag: "t1" }, { tags: [{ id: "t1", name: "Refill", colour: "teal" }] }],
    ["assignee", { assignee: "sam" }, { assignee: SAM }],
    ["language", { language: "es" }, { patient: spanish }],
    ["way", { way: "sms" }, { way: "sms" }],
  ] as [string, Partial<Inbox>, Partial<Row>][])(
    "shows by %s what begins to fit, and no more once it does not",
    (_, only, fits) => {
      const empty = apply(screen(only), [changed(row("a", { rev: 2 }))]);
      expect(empty.order).toEqual([]);
      const shown = apply(empty, [changed(row("a", { rev: 3, ...fits }))]);
      expect(shown.order).toEqual(["a"]);
      expect(apply(shown, [changed(row("a", { rev: 4 }))]).order).toEqual([]);
    },
  );

  it("shows what is nobody's until somebody has it", () => {
    const shown = apply(screen({ assignee: "nobody" }), [changed(row("a"))]);
    expect(shown.order).toEqual(["a"]);
    expect(apply(shown, [changed(row("a", { rev: 2, assignee: SAM }))]).order).toEqual([]);
  });

  it("lets what has waited long enough come in with the clock, and wait above while somebody is in the list", () => {
    const list = apply(screen({ waiting: 30, now: "2026-11-23T15:31:00Z" }), [changed(waiting("a", 2))]);
    expect(list.order).toEqual([]);
    expect(atTime(list, at(32)).order).toEqual([]);
    expect(atTime(list, at(32) + 1).order).toEqual(["a"]);
    const held = atTime(list, at(33), true);
    expect([held.order, held.arrivals]).toEqual([[], 1]);
    expect(apply(atTime(list, at(33)), [changed(row("a", { rev: 2 }))]).order).toEqual([]);
  });

  it("takes what came in by waiting and was not known here, without doubting its numbers", () => {
    const list = screen({ waiting: 30, now: "2026-11-23T15:31:00Z", turns_at: "2026-11-23T15:32:00Z", next: null });
    const page = inbox([waiting("b", 2)], { view: "open", waiting: 30, now: "2026-11-23T15:33:00Z" });
    const turned = withTurned(list, page);
    expect([turned.order, turned.turnsAt, turned.countsInDoubt]).toEqual([["b"], null, false]);
  });
});
