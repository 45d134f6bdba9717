/** Notices on this computer by the browser's push service, also while no screen is open. They say a team's name, no more. */

import { effect, signal, untracked } from "@preact/signals";
import * as bell from "./bell.ts";
import { ask, Refused } from "./http.ts";
import { placeOf } from "./route.ts";
import { covered, me } from "./store.ts";
import * as threads from "./threads.ts";

export type Standing = "insecure" | "impossible" | "blocked" | "off" | "on";

const SCRIPT = "/notices/worker.js";
const SCOPE = "/notices/";

/** How it is with this person on this browser. */
export const standing = signal<Standing>("off");
/** What a notice was pressed for; a locked screen opens it when it is unlocked. */
const wanted = signal<string | null>(null);

interface Policies {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): {
    createScriptURL(url: string): string;
  };
}

/** Whether there is anything to switch on here at all. */
export const isOffered = () => Boolean(me.value?.push_key);

/** From now on this screen says whether it speaks by itself, and opens what a notice was pressed for. */
export function watch(): void {
  navigator.serviceWorker?.addEventListener("message", hear);
  navigator.serviceWorker?.startMessages();
  effect(() => {
    const path = wanted.value;
    if (!path || covered.value) return;
    wanted.value = null;
    const { conversation } = placeOf(path, "");
    if (conversation) untracked(() => void threads.open(conversation));
  });
}

function hear({ data, ports }: MessageEvent): void {
  if (data?.kind === "speaks") ports[0]?.postMessage(speaks());
  if (data?.kind === "open") wanted.value = String(data.opens);
}

/** The person sees what comes here, or this screen's own notices and sounds tell them. */
function speaks(): boolean {
  if (covered.peek()) return false;
  return document.visibilityState === "visible" || (bell.notices.peek() && bell.rings.peek() !== "Off");
}

/** How it is here now; what this person had switched on here goes on in the session that they are in. */
export async function look(): Promise<void> {
  if (!isOffered()) return;
  const now = possible();
  standing.value = now === "off" && (await goesOn()) ? "on" : now;
}

async function goesOn(): Promise<boolean> {
  if (Notification.permission !== "granted") return false;
  const endpoint = (await subscription())?.endpoint;
  if (!endpoint) return false;
  const answer = await ask<{ on: boolean }>("POST", "/notices/resume", { endpoint }).catch(() => null);
  return answer?.on ?? false;
}

function possible(): Standing {
  if (!isSecureContext) return "insecure";
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) return "impossible";
  return Notification.permission === "denied" ? "blocked" : "off";
}

async function subscription(): Promise<PushSubscription | null> {
  const found = await navigator.serviceWorker.getRegistration(SCOPE);
  return (await found?.pushManager.getSubscription()) ?? null;
}

/** Asks the browser, which only a press of the person can do. Raises `Refused` in words that can be shown. */
export async function switchOn(): Promise<void> {
  if ((await Notification.requestPermission()) !== "granted") {
    standing.value = possible();
    return;
  }
  const { endpoint, keys } = (await subscribe()).toJSON();
  await ask("PUT", "/notices", { endpoint, p256dh: keys?.p256dh, auth: keys?.auth });
  standing.value = "on";
}

async function subscribe(): Promise<PushSubscription> {
  try {
    const registration = await registered();
    const before = await registration.pushManager.getSubscription();
    const applicationServerKey = me.peek()?.push_key ?? null;
    // A colleague may be told by the same one; under an earlier key of our server it is nobody's.
    if (before && keyOf(before) === applicationServerKey) return before;
    await before?.unsubscribe();
    return await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
  } catch {
    throw new Refused(0, "no_notices", "The browser’s push service did not answer. Check the network and try again.");
  }
}

function keyOf({ options }: PushSubscription): string {
  const bytes = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer(0));
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
}

async function registered(): Promise<ServiceWorkerRegistration> {
  const { trustedTypes } = globalThis as { trustedTypes?: Policies };
  const ours = (url: string) => (url === SCRIPT ? url : "");
  const policy = trustedTypes?.createPolicy("bloomtext-notices", { createScriptURL: ours });
  const url = policy?.createScriptURL(SCRIPT) ?? SCRIPT;
  const registration = await navigator.serviceWorker.register(url, { scope: SCOPE });
  const worker = registration.installing ?? registration.waiting;
  if (!registration.active && worker) {
    await new Promise<void>((resolve) => {
      worker.addEventListener("statechange", () => worker.state === "activated" && resolve());
    });
  }
  return registration;
}

/** The browser's own subscription stays: a colleague may be told by it in a session of theirs. */
export async function switchOff(): Promise<void> {
  const found = await subscription();
  if (found) await ask("POST", "/notices/off", { endpoint: found.endpoint });
  standing.value = "off";
}
