/** That a list of patients came further, for whoever watches it. */

import { signal } from "@preact/signals";

/** The run, and how often something was heard of any. */
export const heard = signal<{ run: string; count: number }>({ run: "", count: 0 });

export function hear(run: string): void {
  heard.value = { run, count: heard.value.count + 1 };
}
