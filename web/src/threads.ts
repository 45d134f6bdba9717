/** Opening, loading and leaving a conversation. */

import { batch } from "@preact/signals";
import type { StaffFact, Thread } from "../../realtime/client/wire.gen.ts";
import * as attaching from "./attaching.ts";
import * as drafts from "./drafts.ts";
import * as hours from "./hours.ts";
import { Refused } from "./http.ts";
import { goTo } from "./lists.ts";
import * as reads from "./reads.ts";
import * as latelyState from "./state/lately.ts";
import { since } from "./state/recent.ts";
import { bounded, end, isAtEnd, nextBelow } from "./state/stretch.ts";
import * as state from "./state/thread.ts";
import { cursor, place, thread, threadLoading } from "./store.ts";
import { rebase, recent, signal } from "./wire.ts";

let asked: AbortController | null = null;
let lately: latelyState.Lately = [];
/** Whoever reads at the bottom needs the oldest messages least, whoever reads further up the newest. */
let needless: "oldest" | "newest" = "oldest";

/** The reader of the open conversation is at its bottom, or further up. */
export function standsAt(isAtBottom: boolean): void {
  needless = isAtBottom ? "oldest" : "newest";
}

/** What stands on the screen gives way to another conversation, which is shown at once if it was open lately. */
function turnTo(conversation: string | null): void {
  if (thread.value) lately = latelyState.left(lately, thread.value);
  const [known, rest] = conversation ? latelyState.reopened(lately, conversation) : [null, lately];
  lately = rest;
  needless = "oldest";
  thread.value = known;
}

/** What happens goes into those that were open lately as well. */
export function follow(facts: readonly StaffFact[]): void {
  if (thread.value) thread.value = bounded(state.apply(thread.value, facts), needless);
  lately = latelyState.follow(lately, facts);
}

/** Rights, or the thread of what happened, may have been lost: nothing that is only remembered may be shown. */
export function forget(): void {
  lately = [];
}

/** A conversation is no more: whoever has it open is told so. */
export function removed(conversation: string): void {
  forget();
  if (place.value.conversation === conversation) void load();
}

export async function open(conversation: string, how: "push" | "replace" = "push"): Promise<void> {
  if (place.value.conversation && place.value.conversation !== conversation) signal("gone", place.value.conversation);
  batch(() => {
    goTo({ ...place.value, conversation }, how);
    cursor.value = conversation;
    if (thread.value?.row.id !== conversation) turnTo(conversation);
  });
  signal("viewing", conversation);
  await load();
}

export function close(): void {
  if (!place.value.conversation) return;
  batch(() => {
    leave();
    goTo(place.value);
  });
}

/** No conversation is on the screen any more, wherever the person goes. */
export function leave(): void {
  const { conversation } = place.value;
  if (!conversation) return;
  asked?.abort();
  signal("gone", conversation);
  batch(() => {
    place.value = { ...place.value, conversation: null };
    turnTo(null);
    threadLoading.value = "ready";
  });
}

/** With what was heard since this page was read. */
const upToNow = (open: state.ThreadState, page: Thread) => state.apply(open, since(recent(), page.streams));

function take(page: Thread, missed: boolean, moment: number): void {
  rebase(page.streams);
  const known = missed ? null : thread.value;
  thread.value = bounded(upToNow(state.fromSnapshot(page, known), page), needless);
  drafts.take(page.row.id, page.drafts ?? [], moment);
  attaching.take(page.row.id, page.files ?? []);
  hours.need(page.row.team);
}

/**
 * The newest page of the open conversation; also after a gap. What is on the screen stays until it is here, and with
 * `missed` facts gives way to it entirely.
 */
export async function load(missed = false): Promise<void> {
  const { conversation } = place.value;
  if (!conversation) return;
  asked?.abort();
  const mine = new AbortController();
  asked = mine;
  threadLoading.value = "loading";
  const moment = drafts.moment();
  try {
    const page = await reads.thread(conversation, null, mine.signal);
    if (asked !== mine) return;
    batch(() => {
      take(page, missed, moment);
      threadLoading.value = "ready";
    });
  } catch (error) {
    if (asked !== mine) return;
    const isGone = error instanceof Refused && (error.status === 404 || error.status === 403);
    if (isGone) thread.value = null;
    threadLoading.value = isGone ? "gone" : "failed";
  }
}

let older: Promise<void> | null = null;

/** Whoever asks meanwhile waits for the same page. */
export function loadOlder(): Promise<void> {
  older ??= olderPage().finally(() => {
    older = null;
  });
  return older;
}

async function olderPage(): Promise<void> {
  const open = thread.value;
  if (!open || open.before === null) return;
  const page = await reads.thread(open.row.id, open.before).catch(() => null);
  const now = thread.value;
  if (page && now?.row.id === open.row.id && now.before === open.before) {
    thread.value = bounded(upToNow(state.withOlder(now, page), page), "newest");
  }
}

let newer: Promise<void> | null = null;

/** What was dropped below comes back page by page. */
export function loadNewer(): Promise<void> {
  newer ??= newerPage().finally(() => {
    newer = null;
  });
  return newer;
}

async function newerPage(): Promise<void> {
  const open = thread.value;
  if (!open || isAtEnd(open)) return;
  const page = await reads.thread(open.row.id, nextBelow(open)).catch(() => null);
  const now = thread.value;
  if (page && now?.row.id === open.row.id && end(now) === end(open)) {
    const joined = state.withNewer(now, page);
    if (joined.hasGap) return toNewest();
    thread.value = bounded(upToNow(joined, page), "oldest");
  }
}

/** The newest page again, in place of what is held from further up. */
export const toNewest = (): Promise<void> => load(true);

/** Loads page after page until this message of the open conversation is there, and what stands under it. */
export async function reach(conversation: string, number: number): Promise<boolean> {
  let failures = 0;
  while (failures < 2) {
    const open = thread.value;
    if (open?.row.id !== conversation) return false;
    const { before } = open;
    const isBelow = end(open) < number && !isAtEnd(open);
    if (!isBelow && (before === null || (open.messages[0]?.number ?? 0) <= number)) return true;
    await (isBelow ? toNewest() : loadOlder());
    const now = thread.value;
    failures = now && now.before === before && end(now) === end(open) ? failures + 1 : 0;
  }
  return false;
}

/** The wire said that the directory entry changed, without saying how. */
export async function refreshPatient(): Promise<void> {
  const open = thread.value;
  const patient = open && (await reads.patient(open.patient.id, open.row.team).catch(() => null));
  if (patient && thread.value) thread.value = state.withPatient(thread.value, patient);
}
