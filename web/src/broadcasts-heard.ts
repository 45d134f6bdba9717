/** That a broadcast, or a message that may be part of one, came further, for whoever watches. */

import { signal } from "@preact/signals";

const EVERY = 1_000;

/** How often something was heard; once a second at the most. */
export const heard = signal(0);
let last = 0;
let soon: ReturnType<typeof setTimeout> | null = null;

export function hear(): void {
  if (soon) return;
  soon = setTimeout(
    () => {
      soon = null;
      last = Date.now();
      heard.value += 1;
    },
    Math.max(0, last + EVERY - Date.now()),
  );
}
