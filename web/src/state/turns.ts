/** A list that is filtered by how long patients wait, as time passes. */

import type { Inbox } from "../../../realtime/client/wire.gen.ts";
import { begun, hold, type InboxState, instant, settle, withRows } from "./inbox.ts";

/** It is later: what has waited long enough comes in. */
export function atTime(state: InboxState, now: number, held = false): InboxState {
  if (!state.filters.waiting) return state;
  const later = { ...state, now };
  return held ? hold(later) : settle(later);
}

/** What came in by waiting and was not known here; the page says when the next does. */
export function withTurned(state: InboxState, page: Inbox, held = false): InboxState {
  // Known before, or a row would put the counts in doubt that has not changed.
  const rows = new Map([...page.rows.map((row) => [row.id, row] as const), ...state.rows]);
  const seen = new Map([...state.seen, ...Object.entries(page.seen)]);
  const taught = { ...state, rows, seen, drafts: begun(page, state.drafts), turnsAt: instant(page.turns_at) };
  return atTime(withRows(taught, page.rows, held), Math.max(state.now, Date.parse(page.now)), held);
}
