/** Snapshot + facts = later snapshot, on the cases that `tests/laws/test_histories.py` has just drawn; it runs this file. */

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Inbox, StaffFact, Thread } from "../../../realtime/client/wire.gen.ts";
import * as inboxState from "./inbox.ts";
import * as threadState from "./thread.ts";
import { atTime } from "./turns.ts";

interface Shown {
  lists: Record<string, Inbox>;
  filtered: Record<string, Inbox>;
  threads: Record<string, Thread>;
}

interface Case {
  me: string;
  before: Shown;
  after: Shown;
  /** Of each stream in their order; the streams may come in any. */
  facts: StaffFact[][];
}

const cases = JSON.parse(readFileSync(process.env.HISTORIES ?? "", "utf8")) as Case[];

const orders = (facts: StaffFact[][]) => [facts, [...facts].reverse(), [...facts, ...facts]].map((each) => each.flat());

describe.each(cases.map((each, at) => ({ ...each, at })))("case $at", ({ me, before, after, facts }) => {
  const scope = new Set(Object.values(before.threads).map((thread) => thread.row.team));

  /** A screen that has looked at everything that is open and done, and then at one list. */
  function screenOf(shown: Shown, list: Inbox): inboxState.InboxState {
    const all = [shown.lists.open, shown.lists.done, list] as Inbox[];
    return all.reduce<inboxState.InboxState | null>(
      (known, page) => inboxState.fromSnapshot(page, scope, known, false, me),
      null,
    ) as inboxState.InboxState;
  }

  const lists = (shown: Shown) => ({ ...shown.lists, ...shown.filtered });

  it.each(Object.keys(lists(before)))("the list %s", (name) => {
    const [old, late] = [lists(before)[name] as Inbox, lists(after)[name] as Inbox];
    const wanted = screenOf(after, late);
    expect(wanted.order).toEqual(late.rows.map((row) => row.id));
    for (const told of orders(facts)) {
      const list = atTime(inboxState.apply(screenOf(before, old), told), Date.parse(late.now));
      expect(list.order).toEqual(wanted.order);
      expect(list.rows).toEqual(wanted.rows);
      if (!list.countsInDoubt) expect(list.counts).toEqual(wanted.counts);
    }
  });

  it.each(Object.keys(before.threads))("the conversation %s", (id) => {
    const wanted = threadState.fromSnapshot(after.threads[id] as Thread, null);
    for (const told of orders(facts)) {
      const open = threadState.apply(threadState.fromSnapshot(before.threads[id] as Thread, null), told);
      expect(open.hasGap).toBe(false);
      const { row, messages, events, notes } = open;
      expect({ row, messages, events, notes }).toEqual({
        row: wanted.row,
        messages: wanted.messages,
        events: wanted.events,
        notes: wanted.notes,
      });
      expect(open.patientIsStale || open.patient.rev === wanted.patient.rev).toBe(true);
    }
  });
});
