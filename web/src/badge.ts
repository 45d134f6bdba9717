/** The number in the title of the tab and on the icon: what waits for my teams and me, or for me alone. */

import { signal } from "@preact/signals";

export const COUNTS = ["My teams", "Mine"] as const;
export type Counts = (typeof COUNTS)[number];
const PLACE = "bt-counts";

export const counts = signal<Counts>("My teams");

export function choose(one: Counts): void {
  counts.value = one;
  localStorage.setItem(PLACE, one);
}

export function restore(): void {
  counts.value = COUNTS.find((each) => each === localStorage.getItem(PLACE)) ?? counts.value;
}

/** The count on the icon of the installed app, where there is one; 0: none. */
export function badge(count: number): void {
  const { setAppBadge } = navigator;
  if (typeof setAppBadge === "function") void setAppBadge.call(navigator, count).catch(() => undefined);
}
