/** A sound, and where it is allowed a notice of the system, when something comes while nobody looks. Neither says a name. */

import { signal } from "@preact/signals";
import { base } from "./page.ts";

export const RINGS = ["My teams", "Mine", "Off"] as const;
export type Ring = (typeof RINGS)[number];

/** For whom this browser rings; what is for me (assigned to me, a mention) rings unless it is off. */
export const rings = signal<Ring>("My teams");
/** From 0, silent, to 10; squared it is what an ear takes for even steps. */
export const volume = signal(6);
/** From one hour until another of this computer's day nothing rings but words that may be urgent; null: no such hours. */
export const quiet = signal<readonly [number, number] | null>(null);
/** The browser let nothing sound, because nobody has pressed anything on this page yet. */
export const muted = signal(false);
/** Whether the system shows notices as well. */
export const notices = signal(false);

/** One soft tone for what is new, two that rise for words that may be urgent, two that fall for a wait over the goal. */
const TONES = { new: [660], urgent: [660, 988], late: [660, 440] } as const;
export type Sound = keyof typeof TONES;
/** Between the beginnings of two tones, and from one's beginning to its end, in seconds. */
const STEP = 0.22;
const FADES = 0.5;
const LOUDEST = 0.33;
const MOST = 10;

const PLACE = "bt-rings";
const VOLUME = "bt-volume";
const QUIET = "bt-quiet";
const NOTICES = "bt-notices";
/** A burst rings once. */
const PAUSE = 3_000;
// Tabs of one session share these; the first to ask for the bell has it until it closes.
const BELL = `bloomtext-bell${base}`;
const LOOKING = `bloomtext-looking${base}`;

let hasBell = false;
let last = Number.NEGATIVE_INFINITY;
let lastSound: Sound = "new";
let sounds: AudioContext | null = null;
let turnAway: (() => void) | null = null;

export function choose(ring: Ring): void {
  rings.value = ring;
  localStorage.setItem(PLACE, ring);
}

export function setVolume(loud: number): void {
  volume.value = loud;
  localStorage.setItem(VOLUME, String(loud));
}

export function setQuiet(hours: readonly [number, number] | null): void {
  quiet.value = hours;
  localStorage.setItem(QUIET, hours?.join("-") ?? "");
}

function isQuiet(): boolean {
  if (!quiet.value) return false;
  const [from, until] = quiet.value;
  const hour = new Date().getHours();
  return from < until ? hour >= from && hour < until : hour >= from || hour < until;
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
  const loud = Number(localStorage.getItem(VOLUME) ?? volume.value);
  if (loud >= 0 && loud <= MOST) volume.value = loud;
  const [from, until] = (localStorage.getItem(QUIET) || "-").split("-").map(Number);
  if (from !== until) quiet.value = [from as number, until as number];
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

/** A burst rings once; what cannot wait is not lost in one of what can. */
const isDue = (sound: Sound) => performance.now() - last >= PAUSE || (sound !== "new" && lastSound === "new");

/** Ring for what has just come. `words` are for the system's notice; `isMine`: it is for me and not for my team alone. */
export async function ring(words: string, isMine: boolean, sound: Sound = "new"): Promise<void> {
  const isWanted = rings.value === "My teams" || (rings.value === "Mine" && isMine);
  const isHeld = sound !== "urgent" && isQuiet();
  if (!hasBell || !isWanted || isHeld || !isDue(sound) || (await isLookedAt())) return;
  last = performance.now();
  lastSound = sound;
  play(sound);
  if (notices.value) notify(words);
}

/** For the person who wants to hear it: their press is what lets the browser sound. */
export async function tryOut(sound: Sound): Promise<void> {
  unlock();
  await sounds?.resume();
  play(sound);
}

function unlock(): void {
  sounds ??= new AudioContext();
  void sounds.resume();
  muted.value = false;
}

function play(sound: Sound): void {
  if (volume.value === 0) return;
  if (sounds?.state !== "running") {
    muted.value = true;
    return;
  }
  for (const [nth, pitch] of TONES[sound].entries()) fade(sounds, pitch, sounds.currentTime + nth * STEP);
}

/** A tone that begins at a time of this context and fades within half a second. */
function fade(context: AudioContext, pitch: number, at: number): void {
  const tone = context.createOscillator();
  const loud = context.createGain();
  tone.frequency.value = pitch;
  loud.gain.setValueAtTime(LOUDEST * (volume.value / MOST) ** 2, at);
  loud.gain.exponentialRampToValueAtTime(0.0001, at + FADES);
  tone.connect(loud).connect(context.destination);
  tone.start(at);
  tone.stop(at + FADES);
}

function notify(words: string): void {
  const notice = new Notification(words, { tag: BELL, silent: true });
  notice.onclick = () => {
    window.focus();
    notice.close();
  };
}
