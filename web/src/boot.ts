/** Starting this screen, and going on after signing in again. */

import { computed, effect, untracked } from "@preact/signals";
import type { Me } from "../../realtime/client/wire.gen.ts";
import * as badges from "./badge.ts";
import * as bell from "./bell.ts";
import * as clock from "./clock.ts";
import * as directoryNow from "./directory.ts";
import { directory } from "./directory-place.ts";
import * as drafts from "./drafts.ts";
import { onLocked, onOtherBuild, onSignedOut } from "./http.ts";
import * as late from "./late.ts";
import * as lists from "./lists.ts";
import * as lock from "./lock.ts";
import * as mentions from "./mentions.ts";
import { adopt } from "./mine.ts";
import * as notes from "./notes.ts";
import * as outages from "./outages.ts";
import * as outgoing from "./outgoing.ts";
import { base } from "./page.ts";
import * as pushes from "./pushes.ts";
import * as reads from "./reads.ts";
import { directoryOf, placeOf } from "./route.ts";
import { queryOf } from "./state/filters.ts";
import * as presenceState from "./state/presence.ts";
import { covered, dialog, inbox, locked, me, place, presence, renewing, signedOut, thread, titleOf } from "./store.ts";
import * as strays from "./strays.ts";
import * as sync from "./sync.ts";
import * as threads from "./threads.ts";
import * as wire from "./wire.ts";

/** Addresses that open a dialog. */
const OPENED = ["import", "plan", "broadcasts", "people", "audit", "board", "reports", "api-keys"] as const;

export async function start(): Promise<void> {
  onSignedOut(() => {
    signedOut.value = true;
  });
  onLocked(lock.heard);
  onOtherBuild(sync.offerUpdate);
  sync.begin();
  listen();
  const mine = await reads.me().catch(retryStart);
  if (!mine) return;
  adopt(mine);
  lists.comeBack();
  const name = OPENED.find((each) => location.pathname === `${base}/${each}`);
  if (name) dialog.value = { name };
  if (location.pathname === `${base}/numbers` || mustStart(mine)) dialog.value = { name: "our-numbers" };
  void pushes.look();
  await Promise.all([lists.load(), threads.load()]);
  await sync.askUncounted();
}

/** The first steps come by themselves until they are done; whoever puts them off finds them in the bar. */
function mustStart({ user, organization }: Me): boolean {
  return organization.is_starting && user.role === "admin" && !dialog.value;
}

/** The first answer did not come: the person sees why (sign-in, the lock, or the list's error) and we ask again. */
function retryStart(error: unknown): void {
  if (covered.value) return;
  lists.failed(error);
  setTimeout(() => void start(), 3_000);
}

/** Signed in again in place, or unlocked. Somebody else must not find the first person's drafts: then the page begins anew. */
export async function resume(mine: Me): Promise<void> {
  if (me.value && me.value.user.id !== mine.user.id) return location.reload();
  adopt(mine);
  signedOut.value = false;
  renewing.value = false;
  lock.open();
  void pushes.look();
  await sync.afresh();
  outgoing.nudge();
  notes.nudge();
  void drafts.flush();
}

let isListening = false;

function listen(): void {
  if (isListening) return;
  isListening = true;
  setInterval(clock.tick, 10_000);
  setInterval(() => {
    presence.value = presenceState.sweep(presence.value, Date.now());
  }, 1_000);
  // Our own mark fades with the others unless it is renewed.
  setInterval(() => look(document.visibilityState === "visible" ? "viewing" : null), 20_000);
  addEventListener("online", () => wire.setOnline(true));
  addEventListener("offline", () => wire.setOnline(false));
  document.addEventListener("visibilitychange", comeOrGo);
  addEventListener("popstate", travel);
  addEventListener("beforeunload", stayWithWords);
  addEventListener("pagehide", () => void drafts.flush(true));
  outages.watch();
  bell.watch();
  badges.restore();
  late.watch();
  pushes.watch();
  drafts.watch();
  lock.watch(resume);
  effect(title);
  // Whoever opens a conversation, however they came to it, sees what calls on them there.
  const shown = computed(() => thread.value?.row.id);
  effect(() => {
    if (shown.value) untracked(mentions.look);
  });
}

/** Whatever can still be kept is; the browser asks only where words would be lost. */
function stayWithWords(event: Event): void {
  void drafts.flush(true);
  if (drafts.wouldLose()) event.preventDefault();
}

function look(kind: "viewing" | "gone" | null): void {
  const { conversation } = place.value;
  if (kind && conversation) wire.signal(kind, conversation);
}

function comeOrGo(): void {
  const isHere = document.visibilityState === "visible";
  look(isHere ? "viewing" : "gone");
  if (isHere) wire.nudge();
  else void drafts.flush(true);
  mentions.look();
  strays.look();
  clock.tick();
}

/** The browser's own back and forward. */
function travel(): void {
  const there = directoryOf(location.pathname, location.search);
  if (there) return directoryNow.show(there, "none");
  directory.value = null;
  const next = placeOf(location.pathname, location.search);
  const { team, view } = place.value;
  const isOtherList = next.team !== team || next.view !== view || queryOf(next) !== queryOf(place.value);
  place.value = next;
  if (isOtherList) void lists.load();
  if (next.strays) void strays.load();
  if (next.conversation) void threads.open(next.conversation, "replace");
  else threads.close();
}

/**
 * "(3) Front desk", and a dot on the icon: how many wait for me or for anybody, not for a colleague, or where somebody
 * chose so for me alone; never a name of a patient. Locked: nothing.
 */
function title(): void {
  const waiting = locked.value ? 0 : (inbox.value?.counts[badges.counts.value === "Mine" ? "my_turn" : "for_me"] ?? 0);
  const here = directory.value ? "Directory" : titleOf(place.value.team);
  const name = locked.value ? ["Locked", locked.value.clinic].filter(Boolean).join(" – ") : here;
  badges.badge(covered.value ? 0 : waiting);
  document.title = waiting > 0 ? `(${waiting}) ${name}` : name;
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  const wanted = waiting > 0 ? icon?.dataset.waiting : icon?.dataset.calm;
  if (icon && wanted && !icon.href.endsWith(wanted)) icon.href = wanted;
}
