/** My own reading mark: set when the newest message was on the screen for a second in a visible window. */

import { useEffect, useRef } from "preact/hooks";
import { markSeen } from "./desk.ts";
import { newest, type ThreadState } from "./state/thread.ts";

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
    let since: number | null = null;
    let noted = 0;
    const look = () => {
      const number = newest(latest.current);
      if (!box.current || number <= Math.max(latest.current.seen, noted)) return;
      if (!isOnScreen(box.current, number)) {
        since = null;
        return;
      }
      since ??= Date.now();
      if (Date.now() - since < LONG_ENOUGH) return;
      noted = number;
      since = null;
      void markSeen(latest.current.row.id, number);
    };
    const timer = setInterval(look, 250);
    return () => clearInterval(timer);
  }, [open.row.id]);
}
