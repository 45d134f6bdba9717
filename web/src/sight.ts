/**
 * What a writer has really had before their eyes. A message counts once it was on a visible screen for a moment, or was
 * there when the conversation was opened: one that came while they were further up, or in the second in which they
 * pressed Send, has not been seen, and the server stops an answer that would double a colleague's.
 */

import { signal } from "@preact/signals";
import { newest } from "./state/stretch.ts";
import type { ThreadState } from "./state/thread.ts";

const sighted = signal({ conversation: "", number: 0 });

/** That number was on the screen, and so were those before it. */
export function note(conversation: string, number: number): void {
  const known = sighted.peek();
  if (known.conversation === conversation && known.number >= number) return;
  sighted.value = { conversation, number };
}

/** The newest message of the open conversation that was seen here, or by the same person on another screen. */
export function of(open: ThreadState): number {
  const here = sighted.value.conversation === open.row.id ? sighted.value.number : 0;
  return Math.min(Math.max(here, open.seen), newest(open));
}

export const isAll = (open: ThreadState): boolean => of(open) >= newest(open);
