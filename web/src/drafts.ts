/** What is being written is kept on the server too: after a pause, and whenever the writer leaves. Only they see it. */

import { batch, computed, effect, signal, untracked } from "@preact/signals";
import { newKey } from "../../realtime/client/outbox.ts";
import type { Draft as Begun, DraftKindName, StaffDraftChanged } from "../../realtime/client/wire.gen.ts";
import * as actions from "./actions.ts";
import * as attaching from "./attaching.ts";
import { Refused } from "./http.ts";
import * as reads from "./reads.ts";
import {
  draftOf,
  drafts,
  isCurrent,
  keepDraft,
  keepNoteDraft,
  noteDraftOf,
  noteDrafts,
  pending,
  pendingNotes,
  place,
  signedOut,
  uploads,
} from "./store.ts";
import { asSent, choiceOf } from "./words/ways.ts";

const PAUSE = 1_000;
/** So long somebody who goes on waits for what is still on its way. */
const PATIENCE = 1_000;
const KINDS: readonly DraftKindName[] = ["message", "note"];
/** By this name the wire says which screen it was. */
const SCREEN = newKey();

/** One field: what is written of this kind in this conversation. */
interface Field {
  kind: DraftKindName;
  conversation: string;
}

/** What the server has of each field, as `print` says it; nothing is absent. */
const kept = signal<ReadonlyMap<string, string>>(new Map());
/** What the server would not take: it is not asked again until the words are others. */
const refused = new Map<string, string>();
const saving = new Map<string, { words: string; done: Promise<void> }>();
const timers = new Map<string, ReturnType<typeof setTimeout>>();
/** When each field was last saved or sent from here, counted in such events. */
const touched = new Map<string, number>();
let turn = 0;

const nameOf = ({ kind, conversation }: Field) => `${kind} ${conversation}`;
const keptOf = (field: Field) => kept.value.get(nameOf(field)) ?? "";

function fieldOf(name: string): Field {
  const [kind = "", conversation = ""] = name.split(" ");
  return { kind: kind as DraftKindName, conversation };
}

function written({ kind, conversation }: Field): actions.Begun {
  if (kind === "note") return { kind, body: noteDraftOf(conversation).body };
  const { body, via, patientOnly } = draftOf(conversation);
  return { kind, body, ...(via ? asSent(via) : {}), ...(patientOnly ? { patient_only: true } : {}) };
}

/** Equal for what is the same to the server; blanks are nothing. */
function print({ body, via, both, patient_only }: actions.Begun | Begun): string {
  return body.trim() === "" ? "" : JSON.stringify([body, via ?? null, both ?? false, patient_only ?? false]);
}

const printed = (field: Field) => print(written(field));

function fields(): Field[] {
  const messages = [...drafts.value.keys()].map((conversation) => nameOf({ kind: "message", conversation }));
  const notes = [...noteDrafts.value.keys()].map((conversation) => nameOf({ kind: "note", conversation }));
  return [...new Set([...messages, ...notes, ...kept.value.keys()])].map(fieldOf);
}

function isOnItsWay({ kind, conversation }: Field): boolean {
  const entries = kind === "note" ? pendingNotes.value : pending.value;
  return entries.some((entry) => entry.draft.conversation === conversation);
}

/** What is on its way is kept until it is there: then the server itself forgets it. */
function isBehind(field: Field): boolean {
  const now = printed(field);
  if (now === keptOf(field) || now === refused.get(nameOf(field))) return false;
  return now !== "" || !isOnItsWay(field);
}

const behind = () => fields().filter(isBehind);

const isUnkept = (field: Field) => printed(field) !== "" && printed(field) !== keptOf(field);

const isAnythingGoing = () =>
  pending.value.length + pendingNotes.value.length > 0 || uploads.value.some(({ state }) => state !== "kept");

/** Words or files that only this page has. */
export const hasUnsentWords = computed(() => isAnythingGoing() || uploads.value.length > 0 || fields().some(isUnkept));

/** Whether they are lost if the page ends now: what is on its way over a living connection arrives without it. */
export function wouldLose(): boolean {
  const arrives = (field: Field) => isCurrent.value && saving.get(nameOf(field))?.words === printed(field);
  return isAnythingGoing() || fields().some((field) => isUnkept(field) && !arrives(field));
}

/** From now on whatever is written is kept, wherever it is written. */
export function watch(): void {
  const here = computed(() => place.value.conversation);
  effect(() => behind().forEach(soon));
  effect(() => {
    void here.value;
    untracked(() => void flush());
  });
}

function soon(field: Field): void {
  const name = nameOf(field);
  clearTimeout(timers.get(name));
  timers.set(
    name,
    setTimeout(() => void save(field), PAUSE),
  );
}

/** At once: the writer goes elsewhere, or the network is back. With `isLast` nothing here can wait any more. */
export async function flush(isLast = false): Promise<void> {
  await Promise.all(behind().map((field) => save(field, isLast)));
}

async function save(field: Field, isLast = false): Promise<void> {
  const name = nameOf(field);
  clearTimeout(timers.get(name));
  // One after the other, so that the last words are the last to arrive.
  while (!isLast && saving.has(name)) await saving.get(name)?.done;
  const words = printed(field);
  // Whoever signs in next may be somebody else.
  if (signedOut.value) return;
  if (!isBehind(field) || saving.get(name)?.words === words) return;
  const done = send(field, words);
  const mine = { words, done };
  saving.set(name, mine);
  try {
    await done;
  } finally {
    if (saving.get(name) === mine) saving.delete(name);
  }
}

async function send(field: Field, words: string): Promise<void> {
  touch(field);
  try {
    await actions.keepDraft(field.conversation, written(field), SCREEN);
    touch(field);
    know(field, words);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    // Silence and a lost session pass: the words are tried again then.
    if (!error.isSilence && error.status !== 401) refused.set(nameOf(field), words);
  }
}

function touch(field: Field): void {
  turn += 1;
  touched.set(nameOf(field), turn);
}

function know(field: Field, words: string): void {
  refused.delete(nameOf(field));
  const next = new Map(kept.value);
  if (words === "") next.delete(nameOf(field));
  else next.set(nameOf(field), words);
  kept.value = next;
}

/** Before the words go out: what is on its way to be kept must not come after them, as the ghost of a draft. */
export async function settled(kind: DraftKindName, conversation: string): Promise<void> {
  await soonEnough(saving.get(nameOf({ kind, conversation }))?.done);
}

/** Everything is kept, or will not be soon. */
export const allSettled = (): Promise<void> => soonEnough(flush());

async function soonEnough(done: Promise<void> | undefined): Promise<void> {
  if (done) await Promise.race([done, new Promise<void>((end) => setTimeout(end, PATIENCE))]);
}

/** What was written has become a message or a note: the server has forgotten its draft. */
export function went(kind: DraftKindName, conversation: string): void {
  touch({ kind, conversation });
  know({ kind, conversation }, "");
}

/** For `take`: when a question was asked. */
export const moment = (): number => turn;

/**
 * What the server has of a conversation, asked at a moment. It is shown where nothing else was written here since it
 * was last the same; what was saved or sent meanwhile is newer.
 */
export function take(conversation: string, found: readonly Begun[], since: number): void {
  for (const kind of KINDS) {
    const field = { kind, conversation };
    if ((touched.get(nameOf(field)) ?? 0) > since || saving.has(nameOf(field))) continue;
    const theirs = found.find((each) => each.kind === kind);
    const isMine = printed(field) !== keptOf(field);
    batch(() => {
      know(field, theirs ? print(theirs) : "");
      if (!isMine) show(field, theirs);
    });
  }
}

function show(field: Field, theirs: Begun | undefined): void {
  const { kind, conversation } = field;
  // A choice that was made before the first word stays.
  if (!theirs && printed(field) === "") return;
  const body = theirs?.body ?? "";
  if (kind === "note") keepNoteDraft(conversation, { ...noteDraftOf(conversation), body });
  else {
    const via = theirs?.via ? choiceOf({ via: theirs.via, both: theirs.both }) : null;
    keepDraft(conversation, { body, via, ...(theirs?.patient_only ? { patientOnly: true } : {}) });
  }
}

/** Another screen of mine, or the server for what I sent: what is open here follows. */
export async function hear({ conversation, kept: isKept, screen }: StaffDraftChanged): Promise<void> {
  if (screen === SCREEN || conversation !== place.value.conversation) return;
  const isKnown = (field: Field) =>
    isOnItsWay(field) || (keptOf(field) === "" && attaching.added(conversation).length === 0);
  if (!isKept && KINDS.every((kind) => isKnown({ kind, conversation }))) return;
  const since = moment();
  const found = await reads.draft(conversation).catch(() => null);
  if (!found) return;
  take(conversation, found.drafts, since);
  attaching.take(conversation, found.files ?? []);
}
