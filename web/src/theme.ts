/** Light or dark. What this page keeps in the browser is how it looks, sounds and listens, and nothing of anybody. */

import { signal } from "@preact/signals";

export const THEMES = ["Auto", "Light", "Dark"] as const;
export type Theme = (typeof THEMES)[number];

const PLACE = "bt-theme";

export const theme = signal<Theme>("Auto");

export function applyTheme(chosen: Theme): void {
  theme.value = chosen;
  document.documentElement.dataset.theme = chosen.toLowerCase();
  localStorage.setItem(PLACE, chosen);
}

export function restoreTheme(): void {
  const kept = THEMES.find((each) => each === localStorage.getItem(PLACE));
  if (kept) applyTheme(kept);
}
