/** My own reading mark: set when the newest message was on the screen for a second in a visible window. */

import { useEffect, useRef } from "preact/hooks";
import { markSeen } from "./desk.ts";
import * as sight from "./sight.ts";
import { newest } from "./state/stretch.ts";
import type { ThreadState } from "./state/thread.ts";

const LONG_ENOUGH = 1_000;

function isOnScreen(box: HTMLElement, number: number): boolean {
  const message = box.querySelector(`[data-number="${number}"]`);
  if (!message || document.visibilityState !== "visible") return false;
  const [inner, outer] = [message.getBoundingClientRect(), box.getBoundingClientRect()];
  // The end of a long message counts as having it on the screen.
  return inner.bottom <= outer.bottom + 4 && inner.bottom > outer.top;
}

export function useSeen(box: { current: HTMLElement | null }, open: ThreadState): void {
  const latest = useRef(open);
  latest.current = open;
  useEffect(() => {
    const { id } = open.row;
    let since: { number: number; at: number } | null = null;
    let noted = 0;
    const shown = () => {
      const number = newest(latest.current);
      return box.current && isOnScreen(box.current, number) ? number : null;
    };
    const look = () => {
      const isMarked = newest(latest.current) <= Math.max(latest.current.seen, noted);
      if (isMarked && sight.isAll(latest.current)) return;
      const number = shown();
      if (number === null) {
        since = null;
        return;
      }
      // What came meanwhile has its own second.
      since ??= { number, at: Date.now() };
      if (Date.now() - since.at < LONG_ENOUGH) return;
      sight.note(id, since.number);
      if (since.number > Math.max(latest.current.seen, noted)) {
        noted = since.number;
        void markSeen(id, noted);
      }
      since = null;
    };
    // What was there when they came is what they came to.
    sight.note(id, shown() ?? 0);
    const timer = setInterval(look, 250);
    return () => clearInterval(timer);
  }, [open.row.id]);
}
