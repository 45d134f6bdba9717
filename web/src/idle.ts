/** How long nobody has done anything in any tab of this session, and what is said before the screen locks for it. */

import { announce } from "./announce.ts";
import { ask } from "./http.ts";
import { base } from "./page.ts";
import { covered, locksIn, me } from "./store.ts";
import { lockWarning } from "./words/lock.ts";

/** So often, at most, the other tabs hear that the person is here, and the server. */
const TOLD_EVERY = 5_000;
const ACTIVE_EVERY = 60_000;
/** So long before it locks, a screen says that it will; where it locks sooner than in four minutes, at half the time. */
const WARNING = 120_000;
/** When somebody last did something in any tab of this session: also for one that the browser had put to sleep. */
const ACTED = `bt-acted${base}`;

let acted = Date.now();
let saidToTabs = 0;
let saidToServer = 0;

const limit = () => (me.peek()?.limits.lock_seconds ?? 600) * 1000;
const warning = () => Math.min(WARNING, limit() / 2);

/** The minutes are counted anew: the page has opened, or was unlocked. */
export function begin(): void {
  acted = Date.now();
}

/**
 * How long, in milliseconds, until the screen locks. Times are compared, because a computer that sleeps counts nothing.
 * One from the future is of a clock put back.
 */
export function left(): number {
  const now = Date.now();
  acted = Math.min(acted, now);
  if (now - acted >= limit() - warning()) {
    const told = Number(localStorage.getItem(ACTED));
    if (told <= now) acted = Math.max(acted, told);
  }
  return acted + limit() - now;
}

/** Somebody is there. */
export function stay(): void {
  const now = Date.now();
  acted = now;
  if (now - saidToTabs >= TOLD_EVERY || locksIn.peek() !== null) {
    locksIn.value = null;
    saidToTabs = now;
    localStorage.setItem(ACTED, String(now));
  }
  if (me.peek() && now - saidToServer >= ACTIVE_EVERY) {
    saidToServer = now;
    void ask("POST", "/session/active", {}).catch(() => undefined);
  }
}

/** The browser's storage has changed: somebody may be back in another tab. */
export function heardOfTab({ key }: StorageEvent): void {
  if (key === ACTED) warn();
}

/** Said once, shown for as long as it is true; nothing takes the focus for it. */
export function warn(): void {
  const until = left();
  const isSoon = until <= warning() && me.peek() !== null && !covered.peek();
  const isNew = isSoon && locksIn.peek() === null;
  locksIn.value = isSoon ? Math.round(until / 60_000) : null;
  if (isNew) announce(`${lockWarning(locksIn.value ?? 0)} Press any key to stay signed in.`);
}
