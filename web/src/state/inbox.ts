/** The staff list as plain values. `apply` is pure, and harmless when a fact comes twice or late: the higher `rev` wins. */

import type { Inbox, Row, StaffFact, View } from "../../../realtime/client/wire.gen.ts";
import { type Filters, filtersOf, passes, queryOf } from "./filters.ts";
import { before } from "./order.ts";
import { isNewer } from "./rows.ts";
import { belongs, COUNTED } from "./views.ts";

export interface InboxState {
  team: string;
  view: View;
  /** Whose screen this is: some rows are theirs. */
  me: string;
  /** The counts are of the whole lists. */
  filters: Filters;
  /** The server's time, by which a patient has waited long enough for a filter; in milliseconds since 1970. */
  now: number;
  /** When a conversation that is not known here comes in by waiting alone; null: none will. */
  turnsAt: number | null;
  /** The teams whose conversations belong into this list. */
  scope: ReadonlySet<string>;
  rows: ReadonlyMap<string, Row>;
  seen: ReadonlyMap<string, number>;
  /** Conversations in which I have begun to write, as far as they were asked for. */
  drafts: ReadonlySet<string>;
  counts: Readonly<Record<string, number>>;
  /** What is on the screen, in this order. */
  order: readonly string[];
  /** How many rows wait until the pointer and the focus have left the list. */
  arrivals: number;
  next: string | null;
  /** The last row the server has given; what sorts after it comes with the next page. */
  edge: Row | null;
  /** A row changed whose former state we never saw, so the counts must be fetched. */
  countsInDoubt: boolean;
}

function sorted(state: InboxState): string[] {
  const compare = before(state.view);
  const { edge } = state;
  return [...state.rows.values()]
    .filter((row) => state.scope.has(row.team) && belongs(row, state.view, state.seen.get(row.id), state.me))
    .filter((row) => passes(row, state.filters, state.now))
    .filter((row) => state.next === null || edge === null || compare(row, edge) <= 0 || row.id === edge.id)
    .sort(compare)
    .map((row) => row.id);
}

/** Puts every row where it belongs: the pointer has left, or nobody was looking. */
export function settle(state: InboxState): InboxState {
  return { ...state, order: sorted(state), arrivals: 0 };
}

export function hold(state: InboxState): InboxState {
  const shown = new Set(state.order);
  return { ...state, arrivals: sorted(state).filter((id) => !shown.has(id)).length };
}

function withRow(state: InboxState, row: Row): InboxState {
  const known = state.rows.get(row.id);
  if (known && !isNewer(row, known)) return state;
  const rows = new Map(state.rows).set(row.id, row);
  if (!state.scope.has(row.team)) return { ...state, rows };
  if (!known) return { ...state, rows, countsInDoubt: true };
  const seen = state.seen.get(row.id);
  return { ...state, rows, counts: recount(state, known, row, seen, seen) };
}

function recount(
  { counts, me }: InboxState,
  was: Row,
  is: Row,
  seenThen: number | undefined,
  seenNow: number | undefined,
): InboxState["counts"] {
  const changed = { ...counts };
  // Only what the server counts: from where would the others begin?
  for (const view of COUNTED.filter((each) => counts[each] !== undefined)) {
    const change = Number(belongs(is, view, seenNow, me)) - Number(belongs(was, view, seenThen, me));
    changed[view] = Math.max(0, (changed[view] ?? 0) + change);
  }
  return changed;
}

export function withSeen(state: InboxState, conversation: string, number: number): InboxState {
  const then = state.seen.get(conversation);
  if (then === number) return state;
  const row = state.rows.get(conversation);
  const counts = row && state.scope.has(row.team) ? recount(state, row, row, then, number) : state.counts;
  return { ...state, counts, seen: new Map(state.seen).set(conversation, number) };
}

function without(state: InboxState, conversation: string): InboxState {
  const rows = new Map(state.rows);
  if (!rows.delete(conversation)) return state;
  // Whether the counts had it, only the server knows.
  return { ...state, rows, order: state.order.filter((id) => id !== conversation), countsInDoubt: true };
}

function withDraft(state: InboxState, conversation: string, isKept: boolean): InboxState {
  if (state.drafts.has(conversation) === isKept) return state;
  const drafts = new Set(state.drafts);
  if (isKept) drafts.add(conversation);
  else drafts.delete(conversation);
  return { ...state, drafts };
}

function one(state: InboxState, fact: StaffFact): InboxState {
  switch (fact.kind) {
    case "message.posted":
    case "delivery.changed":
    case "message.changed":
    case "message.viewed":
    case "conversation.changed":
      return withRow(state, fact.row);
    case "patient.changed":
      return fact.rows.reduce(withRow, state);
    case "conversation.seen":
      return withSeen(state, fact.conversation, fact.number);
    case "conversation.removed":
      return without(state, fact.conversation);
    case "conversation.left":
      // Its new team may have told of it already.
      if (state.rows.get(fact.conversation)?.team === fact.team) return without(state, fact.conversation);
      return { ...state, countsInDoubt: true };
    case "draft.changed":
      return withDraft(state, fact.conversation, fact.kept);
    default:
      return state;
  }
}

/** Applies facts in their order. With `held`, rows stay where they are and new ones wait. */
export function apply(state: InboxState, facts: readonly StaffFact[], held = false): InboxState {
  const changed = facts.reduce(one, state);
  if (changed === state) return state;
  return held ? hold(changed) : settle(changed);
}

export const instant = (at: string | null | undefined): number | null => (at ? Date.parse(at) : null);

export function withRows(state: InboxState, rows: readonly Row[], held = false): InboxState {
  const changed = rows.reduce(withRow, state);
  if (changed === state) return state;
  return held ? hold(changed) : settle(changed);
}

/**
 * A snapshot of the first page. What is known stays if it is newer: `known` must have heard every fact until now. With
 * `held`, the rows of the same list stay where they are.
 */
export function fromSnapshot(
  inbox: Inbox,
  scope: ReadonlySet<string>,
  known: InboxState | null,
  held = false,
  me = known?.me ?? "",
): InboxState {
  const rows = new Map(known?.rows);
  for (const row of inbox.rows) {
    const kept = rows.get(row.id);
    if (!kept || !isNewer(kept, row)) rows.set(row.id, row);
  }
  const fresh: InboxState = {
    team: inbox.team,
    view: inbox.view,
    me,
    filters: filtersOf(inbox),
    now: Date.parse(inbox.now),
    turnsAt: instant(inbox.turns_at),
    scope,
    rows,
    seen: new Map([...(known?.seen ?? []), ...Object.entries(inbox.seen)]),
    drafts: begun(inbox, known?.drafts),
    counts: inbox.counts,
    order: [],
    arrivals: 0,
    next: inbox.next,
    edge: inbox.rows.at(-1) ?? null,
    countsInDoubt: false,
  };
  const isSameList =
    known !== null &&
    known.team === inbox.team &&
    known.view === inbox.view &&
    queryOf(known.filters) === queryOf(inbox);
  return held && isSameList ? hold({ ...fresh, order: known.order }) : settle(fresh);
}

/** The next page of the same list, below what is there. */
export function withPage(state: InboxState, inbox: Inbox, held = false): InboxState {
  const merged = fromSnapshot(inbox, state.scope, state, held);
  const next = { ...merged, edge: inbox.rows.at(-1) ?? state.edge };
  if (!held) return next;
  const below = inbox.rows.map((row) => row.id).filter((id) => !state.order.includes(id));
  return hold({ ...next, order: [...state.order, ...below] });
}

/** What is known, with what a page says of its own rows. */
export function begun({ rows, drafts = [] }: Inbox, known: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  const asked = new Set(rows.map((row) => row.id));
  return new Set([...[...known].filter((id) => !asked.has(id)), ...drafts]);
}

/** Only the counts of a fresh first page, and what its rows teach us. */
export function withCounts(state: InboxState, inbox: Inbox, held = false): InboxState {
  const seen = new Map([...state.seen, ...Object.entries(inbox.seen)]);
  const taught = withRows({ ...state, seen, drafts: begun(inbox, state.drafts) }, inbox.rows, held);
  return { ...taught, counts: inbox.counts, countsInDoubt: false };
}
