/** Light or dark, and how close. What this page keeps in the browser is how it looks, sounds and listens, and nothing of anybody. */

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

export const DENSITIES = ["Compact", "Comfortable"] as const;
export type Density = (typeof DENSITIES)[number];
/** Of a conversation's row, in pixels, as `tokens.css` has it. */
export const ROWS: Record<Density, number> = { Compact: 88, Comfortable: 98 };

const DENSITY = "bt-density";

export const density = signal<Density>("Compact");

export function applyDensity(chosen: Density): void {
  density.value = chosen;
  document.documentElement.dataset.density = chosen.toLowerCase();
  localStorage.setItem(DENSITY, chosen);
}

export function restoreTheme(): void {
  const close = DENSITIES.find((each) => each === localStorage.getItem(DENSITY));
  if (close) applyDensity(close);
  const kept = THEMES.find((each) => each === localStorage.getItem(PLACE));
  if (kept) applyTheme(kept);
}
