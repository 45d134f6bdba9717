/** The server's time: this computer's clock may be wrong, and "2 min ago" must not be. */

import { signal } from "@preact/signals";

let ahead = 0;

/** Milliseconds since 1970 as the server counts; ticks every ten seconds for views that show waiting times. */
export const now = signal(Date.now());

export function serverSaid(instant: string): void {
  const heard = Date.parse(instant);
  if (Number.isFinite(heard)) ahead = heard - Date.now();
  now.value = Date.now() + ahead;
}

export function serverNow(): number {
  return Date.now() + ahead;
}

export function tick(): void {
  now.value = serverNow();
}
