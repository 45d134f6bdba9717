/** Every act: each changes something on the server. */

import type { Received } from "../../realtime/client/uploads.ts";
import type {
  Proxy as Acting,
  Carrier,
  ColourName,
  Consent,
  DraftKindName,
  Hours,
  File as Kept,
  Message,
  Note,
  Patient,
  Roster,
  Row,
  SavedReply,
  SavedView,
  SendableName,
  Tag,
  TeamHours,
} from "../../realtime/client/wire.gen.ts";
import { ask } from "./http.ts";

export type NewPatient = Partial<
  Record<"first_name" | "last_name" | "date_of_birth" | "mrn" | "phone" | "email", string>
>;

/** Null: it is no longer on file. */
export type Changes = Partial<
  Pick<
    Patient,
    "first_name" | "last_name" | "date_of_birth" | "mrn" | "phone" | "email" | "language" | "prefers" | "private_mode"
  >
> & { zone?: string | null };

export interface Words {
  via: SendableName;
  body: string;
  /** The notice of a secure message goes by text and by e-mail. */
  both?: true;
  /** A plain text looks private, and the writer has seen that. */
  sure?: true;
  /** The newest message the writer had on the screen; the server refuses if a colleague wrote since. */
  seen?: number;
  /** Ids of uploads, in their order. */
  files?: readonly string[];
  /** Contacts of the patient's that were chosen instead of the preferred ones. */
  to?: readonly string[];
}

export function postMessage(conversation: string, key: string, words: Words): Promise<Message> {
  return ask("POST", `/conversations/${conversation}/messages`, { key, ...words });
}

/** Words for the team alone. `mentions` are the ids of the colleagues on whom they call. */
export interface NoteAsked {
  key: string;
  body: string;
  mentions: readonly string[];
}

/** Another address than that of messages. */
export const writeNote = (conversation: string, asked: NoteAsked) =>
  ask<Note>("POST", `/conversations/${conversation}/notes`, asked);

/** What I have begun to write, and what I chose for it. */
export interface Begun {
  kind: DraftKindName;
  body: string;
  via?: SendableName | null;
  both?: boolean;
  patient_only?: boolean;
}

/** It goes even while the page closes. */
export const keepDraft = (conversation: string, words: Begun, screen: string) =>
  ask<void>("PUT", `/conversations/${conversation}/draft`, { ...words, screen }, undefined, true);

export const seeMentions = (conversation: string) =>
  ask<void>("POST", `/conversations/${conversation}/mentions/seen`, {});

export const putTagOn = (conversation: string, tag: string) =>
  ask<Row>("PUT", `/conversations/${conversation}/tags/${tag}`, {});
export const takeTagOff = (conversation: string, tag: string) =>
  ask<Row>("DELETE", `/conversations/${conversation}/tags/${tag}`);
export const createTag = (name: string, colour: ColourName) => ask<Tag>("POST", "/tags", { name, colour });
export const saveView = (view: Omit<SavedView, "id">) => ask<SavedView>("POST", "/views", view);
export const renameView = (view: string, name: string) => ask<SavedView>("PUT", `/views/${view}`, { name });
export const removeView = (view: string) => ask<void>("DELETE", `/views/${view}`);
export const retireTag = (tag: string) => ask<void>("DELETE", `/tags/${tag}`);

export type Reply = Omit<SavedReply, "id">;

export const createReply = (said: Reply) => ask<SavedReply>("POST", "/replies", said);
export const changeReply = (reply: string, said: Reply) => ask<SavedReply>("PUT", `/replies/${reply}`, said);
export const retireReply = (reply: string) => ask<void>("DELETE", `/replies/${reply}`);

export interface NewUpload {
  key: string;
  name: string;
  media_type: string;
  size: number;
}

/** The same key again is the same upload, with what has come of it. */
export const beginUpload = (conversation: string, upload: NewUpload) =>
  ask<Received>("POST", `/conversations/${conversation}/uploads`, upload);
export const addToUpload = (upload: string, at: number, piece: Blob) =>
  ask<Received>("PUT", `/uploads/${upload}?at=${at}`, piece);
export const dropUpload = (upload: string) => ask<void>("DELETE", `/uploads/${upload}`);

export const recall = (message: string) => ask<Message>("POST", `/messages/${message}/recall`, {});

/** The same key again is the same message, so a lost answer can be asked for once more. */
export function sendLater(conversation: string, key: string, words: Omit<Words, "seen">, at: string): Promise<Row> {
  return ask("POST", `/conversations/${conversation}/later`, { key, at, ...words });
}

export const cancelLater = (later: string) => ask<Row>("DELETE", `/later/${later}`);

export const closeTask = (task: string, outcome: string) => ask<Row>("POST", `/tasks/${task}/close`, { outcome });

export interface Reason {
  why: "by_phone" | "not_needed" | "other";
  words?: string;
}

/** With a reason while the patient waits for an answer. */
export const markDone = (conversation: string, reason?: Reason) =>
  ask<Row>("POST", `/conversations/${conversation}/done`, reason ?? {});
export const reopen = (conversation: string) => ask<Row>("POST", `/conversations/${conversation}/reopen`, {});

export const claim = (conversation: string) => ask<Row>("POST", `/conversations/${conversation}/claim`, {});
export const snooze = (conversation: string, until: string, forReply: boolean) =>
  ask<Row>("POST", `/conversations/${conversation}/snooze`, { until, ...(forReply && { for_reply: true }) });
export const wake = (conversation: string) => ask<Row>("POST", `/conversations/${conversation}/wake`, {});
export const markPriority = (conversation: string, on: boolean) =>
  ask<Row>("POST", `/conversations/${conversation}/priority`, { on });
/** Null: nobody's. */
export const assign = (conversation: string, to: string | null, seen: string | null) =>
  ask<Row>("POST", `/conversations/${conversation}/assign`, { to, seen });

/** A note for whoever goes on, and theirs it is; null: the whole team's. The same key again is the same note. */
export const handOver = (conversation: string, asked: NoteAsked & { to: string | null; seen: string | null }) =>
  ask<{ row: Row; note: Note }>("POST", `/conversations/${conversation}/hand-over`, asked);

/** One thing that is done with several conversations. */
export type Act =
  | { do: "assign"; to: string | null }
  | ({ do: "done" } & Partial<Reason>)
  | { do: "reopen" }
  | { do: "snooze"; until: string; for_reply?: true }
  | { do: "wake" }
  | { do: "tag"; tag: string; on?: false }
  | { do: "priority"; on: boolean }
  | ({ do: "hand_over"; to: string | null } & NoteAsked);

export interface Outcome {
  id: string;
  row: Row | null;
  /** Why nothing was done with this one. */
  refused: { code: string; detail: string } | null;
}

/** At most 100, each on its own. The same again changes nothing. */
export const actOnSeveral = (ids: readonly string[], act: Act) =>
  ask<{ outcomes: Outcome[] }>("POST", "/conversations/bulk", { ids, act });

export function markSeen(conversation: string, number: number): Promise<void> {
  return ask("POST", `/conversations/${conversation}/seen`, { number });
}

export const retryDelivery = (delivery: string) => ask<Message>("POST", `/deliveries/${delivery}/retry`, {});

/** `number`: from which of the team's it goes on. */
export const openConversation = (patient: string, team: string, number?: string) =>
  ask<Row>("POST", "/conversations", { patient_id: patient, team_id: team, number });
export const chooseNumber = (conversation: string, number: string) =>
  ask<Row>("POST", `/conversations/${conversation}/number`, { number });

export const addPatient = (patient: NewPatient) => ask<Patient>("POST", "/patients", patient);

export const changePatient = (patient: string, changes: Changes) =>
  ask<Patient>("PATCH", `/patients/${patient}`, changes);

export interface ProxyDetails {
  name?: string;
  relation?: Acting["relation"];
  date_of_birth?: string | null;
  phone?: string | null;
  email?: string | null;
  language?: string;
  notices?: boolean;
  /** Null: every team's conversations. */
  teams?: string[] | null;
  ends_at?: string | null;
  review_at?: string | null;
}

export type ProxyEnds = "asked" | "custody" | "age" | "mistake" | "other";

/** The same id again is the same person, so a lost answer can be asked for once more. */
export const addProxy = (patient: string, id: string, details: ProxyDetails) =>
  ask<Patient>("POST", `/patients/${patient}/proxies`, { id, details });
export const changeProxy = (patient: string, proxy: string, details: ProxyDetails) =>
  ask<Patient>("PATCH", `/patients/${patient}/proxies/${proxy}`, details);
export const endProxy = (patient: string, proxy: string, why: ProxyEnds) =>
  ask<Patient>("POST", `/patients/${patient}/proxies/${proxy}/end`, { why });
export const keepProxy = (patient: string, proxy: string) =>
  ask<Patient>("POST", `/patients/${patient}/proxies/${proxy}/keep`, {});
export const restoreProxy = (patient: string, proxy: string) =>
  ask<Patient>("POST", `/patients/${patient}/proxies/${proxy}/restore`, {});

export interface NewConsent {
  kind: Consent["kind"];
  wording: string;
  /** Spoken, if it is left out. */
  source?: "written";
  /** The id of a file that shows it. */
  evidence?: string;
}

export const recordConsent = (patient: string, consent: NewConsent) =>
  ask<Patient>("POST", `/patients/${patient}/consents`, consent);

export const withdrawConsent = (patient: string, kind: Consent["kind"]) =>
  ask<Patient>("DELETE", `/patients/${patient}/consents/${kind}`);

/** A picture or PDF of what the patient signed. */
export const keepEvidence = (patient: string, file: Blob) => ask<Kept>("POST", `/patients/${patient}/evidence`, file);

export interface Wish {
  by: Carrier;
  team_id: string;
  words: string;
}

export const recordStop = (patient: string, wish: Wish) => ask<Patient>("POST", `/patients/${patient}/stops`, wish);
export const liftStop = (patient: string, wish: Wish) => ask<Patient>("POST", `/patients/${patient}/stops/lift`, wish);

export const restoreContact = (patient: string, contact: "phone" | "email") =>
  ask<Patient>("POST", `/patients/${patient}/contacts/${contact}/restore`, {});

export const sayOnCall = (team: string, who: readonly string[], until: string | null) =>
  ask<Roster>("PUT", `/teams/${team}/on-call`, { who, until });

export const changeHours = (team: string, said: Hours) => ask<TeamHours>("PUT", `/teams/${team}/hours`, said);
