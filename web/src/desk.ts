/** What a person at the desk can do, as verbs: views call these and nothing deeper. */

import { effect } from "@preact/signals";
import type { Message } from "../../realtime/client/wire.gen.ts";
import * as actions from "./actions.ts";
import { attempt, excuse, known, putBack, takeMessage, takeRow } from "./answers.ts";
import { added } from "./attaching.ts";
import { chosenFor } from "./chosen.ts";
import { Refused } from "./http.ts";
import * as lists from "./lists.ts";
import * as outgoing from "./outgoing.ts";
import { outbox } from "./outgoing.ts";
import * as sight from "./sight.ts";
import * as inboxState from "./state/inbox.ts";
import * as threadState from "./state/thread.ts";
import { cursor, dialog, draftOf, held, inbox, keepDraft, me, pending, place, thread, toast } from "./store.ts";
import * as threads from "./threads.ts";
import { asSent, type Choice, choiceOf, safeDefault, WAYS } from "./words/ways.ts";

/** Where the patient waits for an answer, it is asked why nothing is left to do. */
export async function toggleDone(id: string): Promise<void> {
  const row = known(id);
  if (row?.state !== "done") return row?.needs_reply_since ? askWhyDone(id) : void (await markDone(id));
  await attempt(async () => {
    takeRow(await actions.reopen(id));
    toast("Reopened", { undo: () => void toggleDone(id) });
  });
}

function askWhyDone(id: string): void {
  dialog.value = { name: "done", conversation: id };
}

/** Whether it is done now. */
export async function markDone(id: string, reason?: actions.Reason): Promise<boolean> {
  try {
    takeRow(await actions.markDone(id, reason));
    toast("Marked as done", { undo: () => void toggleDone(id) });
    return true;
  } catch (error) {
    // The patient wrote just now.
    if (error instanceof Refused && error.code === "reason_needed") askWhyDone(id);
    else excuse(error);
    return false;
  }
}

/** Done once what was written has gone, so that it answers the patient first. Not where it was refused. */
export async function markDoneWhenSent(id: string): Promise<boolean> {
  const mine = () => pending.value.filter((entry) => entry.draft.conversation === id);
  await until(() => mine().every((entry) => entry.state === "refused"));
  return mine().length === 0 && markDone(id);
}

function until(isSo: () => boolean): Promise<void> {
  return new Promise((done) => {
    const stop = effect(() => {
      if (!isSo()) return;
      // Not before `effect` has given back how to end it.
      queueMicrotask(() => {
        stop();
        done();
      });
    });
  });
}

export async function retry(delivery: string): Promise<void> {
  try {
    takeMessage(await actions.retryDelivery(delivery));
  } catch (error) {
    excuse(error);
  }
}

/** Puts the words and their files into the outbox; the bubble is on the screen before the server has heard of it. */
export function send(conversation: string, choice: Choice, body: string, isSure = false): void {
  const open = thread.value?.row.id === conversation ? thread.value : null;
  const sure = isSure ? ({ sure: true } as const) : {};
  const only = draftOf(conversation).patientOnly ? ({ patient_only: true } as const) : {};
  const keys = added(conversation).map((each) => each.key);
  const files = keys.length > 0 ? { files: keys } : {};
  const seen = open ? { seen: sight.of(open) } : {};
  const chosen = chosenFor(draftOf(conversation).to, choice).map((each) => each.id);
  const to = chosen.length > 0 ? { to: chosen } : {};
  keepDraft(conversation, { body: "", via: null });
  outbox.add({ conversation, body, ...asSent(choice), ...sure, ...only, ...seen, ...files, ...to });
}

/** Takes the words of a refused message back into the composer; its files are there again by themselves. */
export function takeBack(key: string): void {
  const entry = pending.value.find((each) => each.key === key);
  if (!entry) return;
  const { conversation, body } = entry.draft;
  const choice = choiceOf(entry.draft);
  outbox.drop(key);
  putBack(conversation, body, choice === "sms" ? null : choice, entry.draft.patient_only);
}

/** Sends a refused message after all, having seen what was missed. */
export function sendAnyway(key: string): void {
  const entry = pending.value.find((each) => each.key === key);
  const missed = entry?.refusal?.missed ?? [];
  if (thread.value) thread.value = threadState.withMessages(thread.value, missed);
  const seen = Math.max(entry?.draft.seen ?? 0, ...missed.map((message) => message.number));
  outbox.again(key, { seen });
}

export const drop = (key: string): void => outgoing.drop(key);

/** My reading mark. It is told to my other screens, never to the patient. */
export async function markSeen(conversation: string, number: number): Promise<void> {
  if (inbox.value) inbox.value = inboxState.apply(inbox.value, [seenFact(conversation, number)], held.value);
  await actions.markSeen(conversation, number).catch(() => undefined);
}

const seenFact = (conversation: string, number: number) =>
  ({ kind: "conversation.seen", n: 0, conversation, number }) as const;

export async function markUnread(id: string): Promise<void> {
  const number = known(id)?.last?.number;
  if (number === undefined) return;
  if (place.value.conversation === id) threads.close();
  await markSeen(id, number - 1);
}

/** Moves the keyboard's row; returns where it stands then. */
export function step(by: 1 | -1): string | null {
  const order = inbox.value?.order ?? [];
  const at = order.indexOf(cursor.value ?? place.value.conversation ?? "");
  const next = order[at === -1 ? 0 : Math.min(order.length - 1, Math.max(0, at + by))];
  if (next) cursor.value = next;
  return next ?? null;
}

/** The conversation below this one, for going on after an answer. */
export function after(id: string): string | null {
  const order = inbox.value?.order ?? [];
  return order[order.indexOf(id) + 1] ?? order.find((each) => each !== id) ?? null;
}

export async function stepTeam(by: 1 | -1): Promise<void> {
  const teams = ["all", ...(me.value?.teams.map((team) => team.id) ?? [])];
  const at = teams.indexOf(place.value.team);
  const next = teams[(at + by + teams.length) % teams.length] ?? "all";
  await lists.show(next, place.value.view);
}

/** Opens the conversation of a patient with a team, making it if there is none. */
export async function startWith(patient: string, team: string, number?: string): Promise<void> {
  try {
    const row = await actions.openConversation(patient, team, number);
    dialog.value = null;
    takeRow(row);
    await threads.open(row.id);
  } catch (error) {
    excuse(error);
  }
}

export function closeTask(task: string, outcome: string): Promise<boolean> {
  return attempt(async () => takeRow(await actions.closeTask(task, outcome)));
}

/** The same words by another private way: into the composer, for the writer to look at and send. */
export function rewrite(message: Message, via: Choice): void {
  putBack(message.conversation, message.body, via, message.patient_only);
  toast(`Your words are in the composer, as ${WAYS[via].name.toLowerCase()}. Look at them and send`);
}

/** A plain text that looks private: privately instead, or as it is by somebody who is sure. */
export function sendPrivately(key: string): void {
  const open = thread.value;
  if (open) outbox.again(key, { via: safeDefault(open.patient) });
}

export const sendBeingSure = (key: string): void => outbox.again(key, { sure: true });
