/** Whose work a conversation is. */

import type { Colleague, Row, StaffConversationChanged, WorkEvent } from "../../realtime/client/wire.gen.ts";
import * as actions from "./actions.ts";
import { announce } from "./announce.ts";
import { attempt, known, takeRow } from "./answers.ts";
import * as bell from "./bell.ts";
import * as notes from "./notes.ts";
import * as reads from "./reads.ts";
import { dialog, me, members, place, teamOf, thread, toast } from "./store.ts";
import * as threads from "./threads.ts";
import { lineOf } from "./words/events.ts";
import { clock } from "./words/time.ts";
import { untilWhen } from "./words/zones.ts";

/** Asked for anew whenever somebody wants to choose: people come and go. */
export async function needMembers(team: string): Promise<void> {
  const found = await reads.members(team).catch(() => null);
  if (found) members.value = new Map(members.value).set(team, found);
}

const isMe = (colleague: Colleague | null | undefined) => colleague?.id === me.value?.user.id;

/** Null: it is nobody's. Where somebody else has it by now than this screen shows, it stays theirs and that is said. */
export function assign(id: string, to: Colleague | null): Promise<boolean> {
  return attempt(async () => {
    const before = known(id)?.assignee ?? null;
    takeRow(await actions.assign(id, to?.id ?? null, before?.id ?? null));
    const words = to ? `Assigned to ${isMe(to) ? "you" : to.name}` : "Assigned to nobody";
    toast(words, { undo: () => void assign(id, before) });
  });
}

/** Raises `Refused`: the dialog shows it and keeps the words. `to` null: the whole team. */
export async function handOver(id: string, to: Colleague | null, words: actions.NoteAsked): Promise<void> {
  const before = known(id)?.assignee ?? null;
  const { row, note } = await actions.handOver(id, { ...words, to: to?.id ?? null, seen: before?.id ?? null });
  takeRow(row);
  if (thread.value?.row.id === id) notes.take(note);
  // The note stays: who was to go on may have read it.
  toast(`Handed over to ${to?.name ?? "the team"}`, { undo: () => void assign(id, before) });
}

/** The key H. */
export function askHandOver(id: string): void {
  const row = known(id);
  if (row?.state !== "open" || teamOf(row.team)?.is_member === false) return;
  dialog.value = { name: "hand-over", conversation: id };
}

const AGAIN_AFTER = 60_000;
const claims = new Map<string, number>();

/**
 * I begin to answer somebody who waits: colleagues see that without being told. Again while I go on, so that it does
 * not lapse under my hands. Nothing is said where it cannot be: the words are what matters.
 */
export async function claimSoftly({ id, team, state, needs_reply_since, assignee, claimed_until }: Row): Promise<void> {
  const isFree = !assignee || (isMe(assignee) && Boolean(claimed_until));
  const mayClaim = isFree && state === "open" && needs_reply_since !== null && teamOf(team)?.is_member !== false;
  const last = claims.get(id) ?? 0;
  if (!mayClaim || (assignee && Date.now() - last < AGAIN_AFTER)) return;
  if (Date.now() - last < 1_000) return;
  claims.set(id, Date.now());
  const row = await actions.claim(id).catch(() => null);
  if (row) takeRow(row);
}

/** The key A: what is nobody's is claimed, what is mine goes back. */
export function toggleClaim(id: string): Promise<boolean> {
  const row = known(id);
  if (isMe(row?.assignee)) return assign(id, null);
  return attempt(async () => {
    const claimed = await actions.claim(id);
    takeRow(claimed);
    const whose = isMe(claimed.assignee) ? onIt(claimed, "You") : `${claimed.assignee?.name ?? "A colleague"} has it`;
    if (whose) toast(whose, isMe(claimed.assignee) ? { undo: () => void assign(id, null) } : {});
  });
}

/** "Dana is on it until 2:14 PM", while it is claimed. */
export function claimOf(row: Row): string | null {
  return onIt(row, isMe(row.assignee) ? "You" : (row.assignee?.name.split(" ")[0] ?? ""));
}

const onIt = ({ claimed_until }: Row, who: string) =>
  claimed_until ? `${who} ${who === "You" ? "are" : "is"} on it until ${clock(claimed_until)}` : null;

/** Raises `Refused`: the dialog shows it and stays. `at` in milliseconds since 1970, with `forReply` the latest. */
export async function snooze(id: string, at: number, forReply = false): Promise<void> {
  takeRow(await actions.snooze(id, new Date(at).toISOString(), forReply));
  const zone = me.value?.organization.zone ?? "UTC";
  toast(`Snoozed until ${untilWhen(at, zone, forReply)}`, { undo: () => void wake(id) });
}

export function wake(id: string): Promise<boolean> {
  return attempt(async () => takeRow(await actions.wake(id)));
}

/** The same by a person who did not mean to undo something: it may have been a slip. */
export async function bringBack(id: string): Promise<void> {
  const { snoozed_until: until, snoozed_for_reply: forReply } = known(id) ?? {};
  if (!(await wake(id))) return;
  toast("It is back", until ? { undo: () => void attempt(() => snooze(id, Date.parse(until), forReply)) } : {});
}

/** The key S: when it shall come back, or back now. */
export function askSnooze(id: string): void {
  const row = known(id);
  if (row?.state !== "open" || teamOf(row.team)?.is_member === false) return;
  if (row.snoozed_until) void bringBack(id);
  else dialog.value = { name: "snooze", conversation: id };
}

export function togglePriority(id: string): Promise<boolean> {
  return attempt(async () => {
    const row = await actions.markPriority(id, !known(id)?.priority);
    takeRow(row);
    toast(row.priority ? "Priority: it stands first" : "No priority any more", { undo: () => void togglePriority(id) });
  });
}

/** What changes what I may do in the conversation that I have open. */
const SPOKEN: readonly WorkEvent["kind"][] = ["done", "reopened", "texts_off", "mails_off"];

/** A colleague made it my work: I am told wherever I am, with a way to it. */
export function heard({ row, events = [] }: StaffConversationChanged): void {
  const spoken = events.find((event) => SPOKEN.includes(event.kind) && !isMe(event.by));
  if (spoken && row.id === place.value.conversation) announce(lineOf(spoken, me.value?.user.id));
  const mine = events.find((event) => event.kind === "assigned" && isMe(event.to) && !isMe(event.by));
  if (!mine) return;
  toast(`${mine.by?.name ?? "Somebody"} assigned ${row.patient.name} to you`, {
    open: () => void threads.open(row.id),
  });
  void bell.ring("A conversation was assigned to you", true);
}
