/** Everything on this screen, as signals. In memory only: names and words never reach the browser's storage. */

import { computed, signal } from "@preact/signals";
import type { LiveState } from "../../realtime/client/live.ts";
import type { Entry } from "../../realtime/client/outbox.ts";
import type { Upload } from "../../realtime/client/uploads.ts";
import type {
  Colleague,
  File as Kept,
  Me,
  Message,
  MyTeam,
  Patient,
  SavedView,
  Stray,
  WayOut,
} from "../../realtime/client/wire.gen.ts";
import type { ChosenTo } from "./chosen.ts";
import type { Refused } from "./http.ts";
import { type Place, placeOf } from "./route.ts";
import type { InboxState } from "./state/inbox.ts";
import type { Presence } from "./state/presence.ts";
import type { ThreadState } from "./state/thread.ts";
import { isUnread } from "./state/views.ts";
import type { Choice, Sendable } from "./words/ways.ts";

export { dismiss, readToasts, type Toast, toast, toasts } from "./toasts.ts";

export interface Words {
  conversation: string;
  via: Sendable;
  body: string;
  both?: true;
  sure?: true;
  /** No proxy of the patient's is shown it. */
  patient_only?: true;
  seen?: number;
  /** Contacts of the patient's that were chosen instead of the preferred ones. */
  to?: readonly string[];
  /** Keys of uploads; the words go when those are there. */
  files?: readonly string[];
}

export type Pending = Entry<Words, Refused>;

export interface Draft {
  body: string;
  /** Null until the writer chooses: the composer then stands on the patient's safe default. */
  via: Choice | null;
  /** The writer wants no proxy of the patient's to see it. */
  patientOnly?: true;
  to?: ChosenTo;
}

/** Words for the team alone: there is no way in them, and nothing that takes a message takes these. */
export interface NoteWords {
  conversation: string;
  body: string;
  /** Ids of the colleagues it calls on. */
  mentions: readonly string[];
}

export type PendingNote = Entry<NoteWords, Refused>;

export interface NoteDraft {
  body: string;
  /** Ids of those who were chosen from the list: of two with one name, one was meant. */
  chosen: readonly string[];
}

/** A message, or a note, by its number in a conversation. */
export interface Pointed {
  conversation: string;
  kind: "message" | "note";
  number: number;
}

export type Loading = "ready" | "loading" | "failed" | "gone";

export type Dialog =
  | { name: "new"; patient?: Patient }
  | { name: "search"; text?: string }
  | { name: "palette" }
  | { name: "keys" }
  | { name: "mentions" }
  | { name: "shift" }
  | { name: "tags" }
  /** With a group: who is in it. */
  | { name: "groups"; group?: string }
  | { name: "duplicates" }
  | { name: "export-directory" }
  | { name: "merge"; kept: string; other: string }
  | { name: "save-view"; where: Omit<SavedView, "id" | "name"> }
  | { name: "my-views" }
  | { name: "replies" }
  | { name: "hours" }
  | { name: "on-call" }
  | { name: "clinic" }
  | { name: "plan" | "letters" | "handset" }
  | { name: "numbers" }
  | { name: "our-numbers" }
  | { name: "people" | "account" }
  | { name: "import" | "api-keys" }
  | { name: "broadcasts" }
  | { name: "board" | "reports" }
  /** With a patient: who saw them. */
  | { name: "audit"; patient?: { id: string; name: string } }
  | { name: "notices" }
  | { name: "sounds" }
  /** Of the field with this id. */
  | { name: "emoji"; field: string }
  | { name: "consent"; conversation: string; kind: "plain_sms" | "email" }
  | { name: "stop"; conversation: string }
  | { name: "contact"; patient: string; contact: string | null }
  | { name: "proxy"; conversation: string; proxy: string | null }
  | { name: "proxy-end"; conversation: string; proxy: string | null }
  | { name: "edit"; patient: string }
  | { name: "new-patient"; typed: string }
  | { name: "deceased" | "export-record"; patient: Patient }
  | { name: "export" | "beside" | "sensitive"; conversation: string }
  | { name: "emergency"; patient: Pick<Patient, "id" | "name"> }
  | { name: "later"; conversation: string; choice: Choice; body: string; isSure: boolean; to: readonly string[] }
  /** Null: all that are chosen in the list. */
  | { name: "snooze"; conversation: string | null }
  | { name: "done"; conversation: string | null }
  | { name: "hand-over"; conversation: string }
  | { name: "recall"; message: Message }
  | { name: "misfiled"; message: Message }
  | { name: "evidence"; message: string }
  | { name: "picture"; file: string; words: string }
  | { name: "document"; file: Kept }
  | { name: "stray"; stray: Stray; step: "attach" | "add" }
  | { name: "tries"; task: string }
  | { name: "moved-on"; key: string; missed: readonly Message[] };

/** Whose screen it is; nobody's until the server has said it. */
export interface Locked {
  who: { id: string; name: string; initials: string } | null;
  clinic: string;
}

export const me = signal<Me | null>(null);
export const place = signal<Place>(placeOf(location.pathname, location.search));
export const inbox = signal<InboxState | null>(null);
/** The unknown senders of the chosen teams; null until they are asked for. */
export const strays = signal<readonly Stray[] | null>(null);
/** Who is in each team, as far as it was asked for. */
export const members = signal<ReadonlyMap<string, readonly Colleague[]>>(new Map());
export const straysLoading = signal<Loading>("ready");
/** How the ways out of the house do. */
export const sending = signal<readonly WayOut[]>([]);
/** The last message of mine in each conversation, for taking it back from wherever I have gone since. */
export const lastOfMine = signal<ReadonlyMap<string, Message>>(new Map());
export const listLoading = signal<Loading>("loading");
/** Why the list did not load. */
export const listRefused = signal<Refused | null>(null);
export const thread = signal<ThreadState | null>(null);
export const threadLoading = signal<Loading>("ready");
export const pending = signal<readonly Pending[]>([]);
export const drafts = signal<ReadonlyMap<string, Draft>>(new Map());
export const pendingNotes = signal<readonly PendingNote[]>([]);
export const noteDrafts = signal<ReadonlyMap<string, NoteDraft>>(new Map());
/** The conversation in which a note is being written, and not a message. */
export const noting = signal<string | null>(null);
/** What a search led to: it is marked in its conversation for a moment. */
export const pointed = signal<Pointed | null>(null);
/** Files that were added and have not gone with a message yet, of all conversations. */
export const uploads = signal<readonly Upload[]>([]);
export const presence = signal<Presence>(new Map());
export const connection = signal<LiveState>({ name: "catching-up" });
/** The server's time when the screen was last known to be current, for "as of 2:14 PM". */
export const asOf = signal(0);
export const signedOut = signal(false);
/** The person signs in again before their session has ended. */
export const renewing = signal(false);
/** This session's screens show nothing until the person types their password. */
export const locked = signal<Locked | null>(null);
/** In so many minutes, rounded, nobody having done anything, the screen locks; null while that is far off. */
export const locksIn = signal<number | null>(null);
/** Nothing of a patient is on the screen. */
export const covered = computed(() => signedOut.value || locked.value !== null);
export const updateReady = signal(false);
export const dialog = signal<Dialog | null>(null);
/** The row that the keyboard stands on. */
export const cursor = signal<string | null>(null);
/** Ids of the conversations that are chosen in the list, to do something with all of them. */
export const selected = signal<ReadonlySet<string>>(new Set());
/** The pointer or the focus is in the list: rows must not move now. */
export const held = signal(false);
export const panelOpen = signal(matchMedia("(min-width: 1200px)").matches);
/** Spoken by the one polite region. */
export const said = signal("");

export const isCurrent = computed(() => ["live", "catching-up"].includes(connection.value.name));

export function teamOf(id: string): MyTeam | undefined {
  return me.value?.teams.find((team) => team.id === id);
}

/** The teams whose conversations the chosen list shows. */
export function scopeOf(team: string): ReadonlySet<string> {
  const all = me.value?.teams.map((each) => each.id) ?? [];
  return new Set(team === "all" ? all : [team]);
}

export function titleOf(team: string): string {
  return team === "all" ? "All my teams" : (teamOf(team)?.name ?? "Inbox");
}

export function isUnreadByMe(id: string): boolean {
  const row = inbox.value?.rows.get(id);
  return row !== undefined && isUnread(row, inbox.value?.seen.get(id));
}

export function draftOf(conversation: string): Draft {
  return drafts.value.get(conversation) ?? { body: "", via: null };
}

/** What was chosen stays while there are no words: a message for the patient alone is often marked so first. */
export function keepDraft(conversation: string, draft: Draft): void {
  const kept = new Map(drafts.value);
  if (draft.body === "" && draft.via === null && !draft.patientOnly && !draft.to) kept.delete(conversation);
  else kept.set(conversation, draft);
  drafts.value = kept;
}

export const noteDraftOf = (conversation: string): NoteDraft =>
  noteDrafts.value.get(conversation) ?? { body: "", chosen: [] };

export function keepNoteDraft(conversation: string, draft: NoteDraft): void {
  const kept = new Map(noteDrafts.value);
  if (draft.body === "") kept.delete(conversation);
  else kept.set(conversation, draft);
  noteDrafts.value = kept;
}
