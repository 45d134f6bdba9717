/**
 * The lock: after ten minutes without keyboard or pointer, or by its key, the screens of this session show nothing until
 * the person types their password or uses a passkey. The server holds it, so that a reload or another tab shows the lock as well. Two minutes
 * before, every tab says so, and whatever the person does in one of them keeps all of them open. Who signs in again in one
 * of them has done so in all.
 */

import type { Here, Me } from "../../realtime/client/wire.gen.ts";
import * as drafts from "./drafts.ts";
import { ask, Refused, useCsrf } from "./http.ts";
import * as idle from "./idle.ts";
import { base } from "./page.ts";
import * as previews from "./previews.ts";
import * as reads from "./reads.ts";
import { covered, locked, locksIn, me, said, signedOut } from "./store.ts";
import { focusSoon } from "./views/focus.ts";

const LOOK_EVERY = 5_000;
const AGAIN = 3_000;
/** So often, at most, a locked page asks what has become of its session when somebody comes. */
const ASK_EVERY = 30_000;
const SIGNS_OF_LIFE = ["keydown", "pointerdown", "pointermove", "wheel"];

type Said = "locked" | "unlocked" | "signed in";

let whenOpen: (mine: Me) => Promise<void> = async () => {};
let tabs: BroadcastChannel | null = null;
/** The server has locked the session; before that, it is no sign of being unlocked that the server answers. */
let isHeld = false;
let telling: Promise<void> = Promise.resolve();
let again: ReturnType<typeof setTimeout> | undefined;
let pointer = "";
let looked = 0;
/** Where the person was, for when they come back. */
let focused = "";

const say = (what: Said) => tabs?.postMessage(what);
/** From now on this tab counts the minutes, and locks and unlocks with the others of its session. */
export function watch(act: (mine: Me) => Promise<void>): void {
  whenOpen = act;
  idle.begin();
  // Only the tabs of this slot: another one is another session.
  tabs = "BroadcastChannel" in globalThis ? new BroadcastChannel(`bloomtext-lock${base}`) : null;
  if (tabs) tabs.onmessage = ({ data }) => listen(data as Said);
  for (const sign of SIGNS_OF_LIFE) addEventListener(sign, live, { capture: true, passive: sign === "wheel" });
  setInterval(lockIfIdle, LOOK_EVERY);
  addEventListener("storage", idle.heardOfTab);
  document.addEventListener("visibilitychange", come);
  addEventListener("pageshow", (event) => event.persisted && void comeFromAside());
  addEventListener("pagehide", () => locked.peek() && !isHeld && void send(true).catch(() => undefined));
}

function listen(what: Said): void {
  if (what === "locked") void cover();
  // The old session is no more, in every tab: this one goes on with the new one.
  if (what === "signed in") void reads.me().then(whenOpen, () => undefined);
  if (what !== "unlocked") return;
  // Somebody there has typed the password: what this tab still had to tell would lock them out again.
  clearTimeout(again);
  isHeld = true;
  void look();
}

/** Browsers also report a move where only the page has moved, under a pointer that rests. */
function isAtRest(event: Event): boolean {
  if (event.type !== "pointermove") return false;
  const { screenX, screenY } = event as PointerEvent;
  const at = `${screenX} ${screenY}`;
  const rests = at === pointer;
  pointer = at;
  return rests;
}

/** A computer that slept runs no timers: its first key press must not count as if the person had been there. */
function live(event: Event): void {
  if (isAtRest(event)) return;
  if (covered.peek()) return lookAgain();
  if (idle.left() <= 0) return stopShort(event);
  idle.stay();
}

/** Whoever pressed it did not see what it would do: nothing is sent or opened by it. */
function stopShort(event: Event): void {
  event.stopImmediatePropagation();
  if (event.type !== "wheel") event.preventDefault();
  void lock();
}

/** Somebody is back: a session that has ended meanwhile says so before they type their password in vain. */
function lookAgain(): void {
  if (locked.peek() && !signedOut.peek() && Date.now() - looked >= ASK_EVERY) void look();
}

function lockIfIdle(): void {
  if (idle.left() <= 0) void lock();
  else idle.warn();
}

/** The browser had kept the page aside as it was; what happened meanwhile it did not hear. */
async function comeFromAside(): Promise<void> {
  come();
  const here = await reads.here().catch(() => null);
  if (here?.locked) heard();
}

/** The person looks at this tab. */
function come(): void {
  if (document.visibilityState !== "visible") return;
  if (locked.peek()) void look();
  else lockIfIdle();
}

/** Locks this session's screens, here at once. */
export async function lock(): Promise<void> {
  if (covered.peek()) return;
  say("locked");
  await cover();
}

/** What is shown goes first, then what was being written is kept, and then the server is told. */
async function cover(): Promise<void> {
  if (covered.peek()) return;
  hide();
  await drafts.allSettled();
  if (locked.peek() && !isHeld) tell();
}

function hide(): void {
  isHeld = false;
  looked = Date.now();
  focused = document.activeElement?.id ?? "";
  previews.close();
  locksIn.value = null;
  said.value = "";
  locked.value = { who: me.peek()?.user ?? null, clinic: me.peek()?.organization.name ?? "" };
}

const send = (isLast = false) => ask("POST", "/session/lock", {}, undefined, isLast);

/** Until the server knows, a reload would open what is hidden here. */
function tell(): void {
  clearTimeout(again);
  telling = send().then(
    () => {
      isHeld = true;
    },
    (error: unknown) => {
      if (!(error instanceof Refused)) throw error;
      if (error.code === "signed_out") signedOut.value = true;
      else if (locked.peek() && !isHeld) again = setTimeout(tell, AGAIN);
    },
  );
}

/** The server says that this session is locked: another tab did it, or this page was opened since. */
export function heard(): void {
  if (signedOut.peek()) return;
  const isNew = locked.peek() === null;
  if (isNew) hide();
  isHeld = true;
  clearTimeout(again);
  if (isNew) void look();
}

/** Whose session it is. Where another tab has unlocked it, this one opens too. */
async function look(): Promise<void> {
  if (!locked.peek()) return;
  looked = Date.now();
  try {
    const here = await whose();
    if (here.locked) isHeld = true;
    else if (isHeld && locked.peek()) await whenOpen(await reads.me());
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.code === "signed_out") signedOut.value = true;
  }
}

/** With the token that acts need, which a page that was opened locked does not have. */
async function whose(): Promise<Here> {
  const here = await reads.here();
  if (me.peek() && me.peek()?.user.id !== here.user.id) {
    // Somebody else has signed in in this browser: nothing that this page holds is theirs.
    location.reload();
    throw new Refused(401, "signed_out", "Somebody else has signed in here.");
  }
  useCsrf(here.csrf);
  if (locked.peek()) locked.value = { who: here.user, clinic: here.clinic };
  return here;
}

/** By `password` or `passkey`. Raises `Refused`: `wrong_sign_in`, `too_many`, `signed_out` after the fifth wrong one. */
export async function unlock(proof: object): Promise<void> {
  clearTimeout(again);
  // A lock that is still on its way would arrive after this.
  await telling;
  clearTimeout(again);
  await whose();
  const mine = await ask<Me>("POST", "/session/unlock", proof);
  say("unlocked");
  await whenOpen(mine);
}

/** Somebody has signed in again in this tab. */
export const signedIn = (): void => say("signed in");

/** The screens may be shown. */
export function open(): void {
  clearTimeout(again);
  isHeld = false;
  idle.begin();
  if (!locked.peek()) return;
  locked.value = null;
  if (focused) focusSoon(focused);
}

/** For leaving, with a token that counts; without an answer, with the one that there is. */
export async function fresh(): Promise<void> {
  await whose().catch(() => undefined);
}
