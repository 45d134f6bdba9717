/** What undoes an act that was done with several conversations: each goes back to how it was, which may differ. */

import type { Row } from "../../../realtime/client/wire.gen.ts";
import type { Act } from "../actions.ts";

export interface Reversal {
  ids: string[];
  act: Act;
}

/** `before` are the rows as they were, of those with which it was done. The fewest acts, each for all that share it. */
export function reversals(act: Act, before: readonly Row[]): Reversal[] {
  const found = new Map<string, Reversal>();
  for (const row of before) {
    const back = reverse(act, row);
    if (!back) continue;
    const key = JSON.stringify(back);
    const known = found.get(key);
    if (known) known.ids.push(row.id);
    else found.set(key, { ids: [row.id], act: back });
  }
  return [...found.values()];
}

/** Null where the act changed nothing, or has said something to people that stays said. */
function reverse(act: Act, row: Row): Act | null {
  switch (act.do) {
    case "assign":
      return (row.assignee?.id ?? null) === act.to ? null : { do: "assign", to: row.assignee?.id ?? null };
    case "done":
      return row.state === "done" ? null : { do: "reopen" };
    case "snooze":
      if (!row.snoozed_until) return { do: "wake" };
      return { do: "snooze", until: row.snoozed_until, ...(row.snoozed_for_reply && { for_reply: true }) };
    case "priority":
      return Boolean(row.priority) === act.on ? null : { do: "priority", on: !act.on };
    case "tag":
      return tagged(act, row);
    default:
      return null;
  }
}

function tagged({ tag, on = true }: { tag: string; on?: boolean }, row: Row): Act | null {
  if (row.tags.some(({ id }) => id === tag) === on) return null;
  return on ? { do: "tag", tag, on: false } : { do: "tag", tag };
}
