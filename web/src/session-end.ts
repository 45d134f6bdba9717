/**
 * A session ends some hours after signing in, whatever is done meanwhile. It is said ten minutes before, and again two, and
 * whoever signs in again before that loses nothing.
 */

import { batch, computed, signal } from "@preact/signals";
import { now } from "./clock.ts";
import * as drafts from "./drafts.ts";
import { Refused } from "./http.ts";
import * as idle from "./idle.ts";
import * as lock from "./lock.ts";
import { base } from "./page.ts";
import * as previews from "./previews.ts";
import * as reads from "./reads.ts";
import { covered, me, renewing, signedOut } from "./store.ts";

const FIRST = 10;
const LAST = 2;
const MINUTE = 60_000;
/** The end of the session whose first warning was put off, in whichever tab: no more than a moment. */
const PUT_OFF = `bt-session-later${base}`;

const putOff = signal(localStorage.getItem(PUT_OFF));
addEventListener("storage", ({ key, newValue }) => {
  if (key === PUT_OFF) putOff.value = newValue;
});

const minutes = computed(() => {
  const ends = me.value && !covered.value ? Date.parse(me.value.session_ends_at) : Number.NaN;
  const left = (ends - now.value) / MINUTE;
  // Also without a moment that is known.
  return left <= FIRST ? Math.max(0, Math.round(left)) : null;
});

export interface Ending {
  /** Rounded. */
  minutes: number;
  isLast: boolean;
}

/** What is to be said now, if anything. */
export const ending = computed<Ending | null>(() => {
  const left = minutes.value;
  if (left === null) return null;
  const isLast = left <= LAST;
  return isLast || putOff.value !== me.value?.session_ends_at ? { minutes: left, isLast } : null;
});

/** Said again only when it is nearly over. */
export function later(): void {
  putOff.value = me.peek()?.session_ends_at ?? null;
  if (putOff.value) localStorage.setItem(PUT_OFF, putOff.value);
}

/** What is being written is kept first; from then on nothing of a patient is on the screen until they have signed in. */
export async function signInAgain(): Promise<void> {
  await drafts.allSettled();
  previews.close();
  batch(() => {
    renewing.value = true;
    signedOut.value = true;
  });
}

/** Back to work, for as long as the session lasts. Raises `Refused`, and where it has ended it stays so. */
export async function notNow(): Promise<void> {
  try {
    const here = await reads.here();
    batch(() => {
      renewing.value = false;
      signedOut.value = false;
      // Behind the question no minutes were counted, and no lock was heard of.
      if (here.locked) lock.heard();
      else if (idle.left() <= 0) void lock.lock();
    });
  } catch (error) {
    if (error instanceof Refused && error.status === 401) renewing.value = false;
    throw error;
  }
}
