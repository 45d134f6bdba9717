/** Whether letters and signs alone are commands. Whoever dictates or hits keys by chance can switch them off (WCAG 2.2, 2.1.4). */

import { signal } from "@preact/signals";

const PLACE = "bt-single-keys";

export const singles = signal(true);

export function applySingles(are: boolean): void {
  singles.value = are;
  localStorage.setItem(PLACE, are ? "on" : "off");
}

export function restoreSingles(): void {
  singles.value = localStorage.getItem(PLACE) !== "off";
}
