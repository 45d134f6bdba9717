/** A sound, and where it is allowed a notice of the system, when something comes while nobody looks. Neither says a name. */

import { signal } from "@preact/signals";
import { base } from "./page.ts";

export const RINGS = ["My teams", "Mine", "Off"] as const;
export type Ring = (typeof RINGS)[number];

/** For whom this browser rings; what is for me (assigned to me, a mention) rings unless it is off. */
export const rings = signal<Ring>("My teams");
/** The browser let nothing sound, because nobody has pressed anything on this page yet. */
export const muted = signal(false);
/** Whether the system shows notices as well. */
export const notices = signal(false);

const PLACE = "bt-rings";
const NOTICES = "bt-notices";
/** A burst rings once. */
const PAUSE = 3_000;
// Tabs of one session share these; the first to ask for the bell has it until it closes.
const BELL = `bloomtext-bell${base}`;
const LOOKING = `bloomtext-looking${base}`;

let hasBell = false;
let last = Number.NEGATIVE_INFINITY;
let sounds: AudioContext | null = null;
let turnAway: (() => void) | null = null;

export function choose(ring: Ring): void {
  rings.value = ring;
  localStorage.setItem(PLACE, ring);
}

/** Asks the browser where it must be asked, which only a press of the person can do. */
export async function showNotices(is: boolean): Promise<void> {
  const may = is && (await Notification.requestPermission()) === "granted";
  notices.value = may;
  localStorage.setItem(NOTICES, may ? "on" : "off");
}

/** From now on this tab stands in line for the bell, and says whether somebody looks at it. */
export function watch(): void {
  rings.value = RINGS.find((each) => each === localStorage.getItem(PLACE)) ?? rings.value;
  notices.value = localStorage.getItem(NOTICES) === "on" && globalThis.Notification?.permission === "granted";
  for (const press of ["pointerdown", "keydown"]) addEventListener(press, unlock, { once: true });
  if (!navigator.locks) return;
  void navigator.locks.request(BELL, () => {
    hasBell = true;
    return new Promise(() => {});
  });
  document.addEventListener("visibilitychange", look);
  look();
}

/** While a tab is in view it holds the shared lock, so that the one with the bell knows. */
function look(): void {
  const isVisible = document.visibilityState === "visible";
  if (isVisible === (turnAway !== null)) return;
  if (!isVisible) {
    turnAway?.();
    turnAway = null;
    return;
  }
  const gone = new Promise<void>((resolve) => {
    turnAway = resolve;
  });
  void navigator.locks.request(LOOKING, { mode: "shared" }, () => gone);
}

async function isLookedAt(): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some((lock) => lock.name === LOOKING);
}

/** Ring for what has just come. `words` are for the system's notice; `isMine`: it is for me and not for my team alone. */
export async function ring(words: string, isMine: boolean): Promise<void> {
  const isWanted = rings.value === "My teams" || (rings.value === "Mine" && isMine);
  if (!hasBell || !isWanted || performance.now() - last < PAUSE || (await isLookedAt())) return;
  last = performance.now();
  play();
  if (notices.value) notify(words);
}

function unlock(): void {
  sounds ??= new AudioContext();
  void sounds.resume();
  muted.value = false;
}

/** One soft tone that fades within half a second. */
function play(): void {
  if (sounds?.state !== "running") {
    muted.value = true;
    return;
  }
  const tone = sounds.createOscillator();
  const volume = sounds.createGain();
  tone.frequency.value = 660;
  volume.gain.setValueAtTime(0.12, sounds.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.0001, sounds.currentTime + 0.5);
  tone.connect(volume).connect(sounds.destination);
  tone.start();
  tone.stop(sounds.currentTime + 0.5);
}

function notify(words: string): void {
  const notice = new Notification(words, { tag: BELL, silent: true });
  notice.onclick = () => {
    window.focus();
    notice.close();
  };
}
