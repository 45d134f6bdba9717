/** "Do it for me": the date of birth, typed into the question that the phone's browser shows. */

import { byId } from "./dom.ts";
import type { Person } from "./shapes.ts";

const FIELDS = ["year", "month", "day"] as const;

/** Whether the question was there. The page's own button stays to be pressed. */
export function fill(born: string): boolean {
  const page = byId<HTMLIFrameElement>("page").contentDocument;
  const fields = FIELDS.map((name) => page?.querySelector<HTMLInputElement | HTMLSelectElement>(`#answer #${name}`));
  const values = born.split("-").map((part) => String(Number(part)));
  if (fields.some((each) => !each)) return false;
  for (const [at, field] of fields.entries()) {
    if (field) field.value = values[at] ?? "";
  }
  page?.querySelector<HTMLButtonElement>("#answer button")?.focus();
  return true;
}

/** Another day of the same month. */
export const wrong = (born: string): string => `${born.slice(0, 8)}${(Number(born.slice(8)) % 28) + 1}`;

export function listen(owner: () => Person | undefined, show: (tab: string) => void): void {
  const press = (change: (born: string) => string) => () => {
    const born = owner()?.born;
    const isDone = born ? fill(change(born)) : false;
    byId("filled").textContent = isDone ? "Done. Press the button there." : "Tap a link first: then it is asked.";
    if (isDone) show("browser");
  };
  byId("fill").addEventListener("click", press(String));
  byId("misfill").addEventListener("click", press(wrong));
}
