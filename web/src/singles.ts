/** How keys work here. Letters and signs alone are commands; whoever dictates or hits keys by chance can switch them off (WCAG 2.2, 2.1.4). */

import { signal } from "@preact/signals";

const PLACE = "bt-single-keys";
const ENTER = "bt-enter-sends";

export const singles = signal(true);
/** Enter alone sends what is written, and Shift Enter begins a line; else Ctrl or ⌘ Enter sends. */
export const enterSends = signal(false);

export function applyEnter(sends: boolean): void {
  enterSends.value = sends;
  localStorage.setItem(ENTER, sends ? "on" : "off");
}

export function applySingles(are: boolean): void {
  singles.value = are;
  localStorage.setItem(PLACE, are ? "on" : "off");
}

export function restoreSingles(): void {
  singles.value = localStorage.getItem(PLACE) !== "off";
  enterSends.value = localStorage.getItem(ENTER) === "on";
}
