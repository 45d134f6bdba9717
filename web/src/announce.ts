/** The one polite region: at most one utterance in two seconds, and bursts are summed. */

import type { Message, Note, Row, StaffFact, Task } from "../../realtime/client/wire.gen.ts";
import { me, place, said, titleOf } from "./store.ts";
import { many } from "./words/counts.ts";
import { sentenceOf } from "./words/tasks.ts";

const PAUSE = 2_000;
let waiting: string[] = [];
let others = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

function speak(): void {
  const summed = others > 0 ? [`${many(others, "new message")} in ${titleOf(place.value.team)}`] : [];
  const words = [...waiting, ...summed].join(". ");
  waiting = [];
  others = 0;
  timer = words ? setTimeout(speak, PAUSE) : undefined;
  if (words) said.value = words;
}

export function announce(words: string): void {
  waiting.push(words);
  if (!timer) speak();
}

const failures = new Set<string>();

/** Of what becomes of our messages only one thing is worth an interruption: that one in the open conversation failed. */
export function announceFailures(row: Row, messages: readonly Message[]): void {
  if (row.id !== place.value.conversation) return;
  for (const { id, state, words } of messages.flatMap((message) => message.deliveries)) {
    if (state !== "failed" || failures.has(id)) continue;
    failures.add(id);
    announce(words ? `Undelivered: ${words}` : "Undelivered");
  }
}

/** What a person must do here now and did not have to before. */
export function announceTasks(before: readonly Task[], now: readonly Task[]): void {
  const known = new Set(before.map((task) => task.id));
  for (const task of now) if (!known.has(task.id)) announce(sentenceOf(task));
}

/** A colleague's note in the open conversation. */
export function announceNotes(notes: readonly Note[]): void {
  for (const note of notes) {
    if (note.by.id === me.value?.user.id || note.conversation !== place.value.conversation) continue;
    announce(`${note.by.name} added a note: ${note.body}`);
  }
}

type Posted = Extract<StaffFact, { kind: "message.posted" }>;

/** A message in the open conversation is read out; others are only counted, without a name. */
export function announceFact(fact: Posted): void {
  const isOpen = fact.row.id === place.value.conversation;
  for (const message of fact.messages) {
    if (message.from.id === me.value?.user.id) continue;
    if (!isOpen) others += message.from.kind === "patient" ? 1 : 0;
    else if (message.from.kind === "staff") waiting.push(`${message.from.name} replied`);
    else waiting.push(`New message from ${message.from.name}: ${message.body}`);
  }
  if (!timer && (others > 0 || waiting.length > 0)) timer = setTimeout(speak, 100);
}
