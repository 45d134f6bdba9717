/** In which order the rows of a list stand: as the server sorts them (`server/queries/inbox.py`). */

import type { Row, View } from "../../../realtime/client/wire.gen.ts";

/** As the server ranks: what has priority first, where somebody waits for us. */
const rank = (row: Row, view: View) => (row.priority && (view === "needs_reply" || view === "unassigned") ? 0 : 1);

/** By what a list is sorted, the earliest first; every other one by what is newest. */
const EARLIEST: Partial<Record<View, (row: Row) => string | null | undefined>> = {
  needs_reply: (row) => row.needs_reply_since,
  unassigned: (row) => row.needs_reply_since,
  snoozed: (row) => row.snoozed_until,
  not_read: (row) => row.not_read_since,
};

/** Longest waiting first where somebody waits, the soonest of what is snoozed, newest first elsewhere. */
export function before(view: View): (one: Row, other: Row) => number {
  const since = EARLIEST[view];
  if (!since)
    return (one, other) => Date.parse(other.updated_at) - Date.parse(one.updated_at) || (one.id < other.id ? 1 : -1);
  const at = (row: Row) => Date.parse(since(row) ?? row.updated_at);
  return (one, other) => rank(one, view) - rank(other, view) || at(one) - at(other) || (one.id < other.id ? -1 : 1);
}
