/** Conversations that were open lately. Followed by the wire, so that coming back to one shows it at once, as it is now. */

import type { StaffFact } from "../../../realtime/client/wire.gen.ts";
import { bounded, isAtEnd } from "./stretch.ts";
import { apply, type ThreadState } from "./thread.ts";

/** So many go to and fro in one's head, and their messages are a small part of what the page holds. */
const MOST = 12;

/** The latest first. */
export type Lately = readonly ThreadState[];

const others = (lately: Lately, conversation: string) => lately.filter((each) => each.row.id !== conversation);

/** Left just now. One with a gap, or without its newest messages, would have to be fetched before anybody may read it. */
export function left(lately: Lately, open: ThreadState): Lately {
  return open.hasGap || !isAtEnd(open)
    ? others(lately, open.row.id)
    : [open, ...others(lately, open.row.id)].slice(0, MOST);
}

/** The one that is opened again, and the rest. */
export function reopened(lately: Lately, conversation: string): [ThreadState | null, Lately] {
  return [lately.find((each) => each.row.id === conversation) ?? null, others(lately, conversation)];
}

export function follow(lately: Lately, facts: readonly StaffFact[]): Lately {
  return lately.map((each) => bounded(apply(each, facts), "oldest")).filter((each) => !each.hasGap);
}
