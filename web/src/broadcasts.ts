/** One text to many patients: every call. */

import { ask, askFile } from "./http.ts";

export type State = "draft" | "awaiting" | "counting" | "scheduled" | "running" | "paused" | "stopped" | "finished";
export type Way = "secure" | "secure_sms" | "secure_email" | "sms";
export type Language = "en" | "es" | "ar";
export type RecipientState = "waiting" | "posted" | "left_out" | "failed" | "stopped";

export interface Broadcast {
  id: string;
  team: string;
  title: string;
  state: State;
  rev: number;
  by: string;
  at: string;
  due_at: string | null;
  began_at: string | null;
  ended_at: string | null;
  /** Why it paused by itself. */
  words: string | null;
  total: number;
  waiting: number;
  posted: number;
  left_out: number;
  failed: number;
  stopped: number;
}

export interface Filter {
  kind: "filter";
  ours: boolean;
  group: string | null;
  patient_tag: string | null;
  tag: string | null;
  language: Language | null;
  days: number | null;
}

export interface Sum {
  state: RecipientState;
  why: string | null;
  words: string | null;
  many: number;
}

export interface Funnel {
  sent: number;
  delivered: number;
  viewed: number;
  replied: number;
  undelivered: number;
}

export interface Check {
  segments: number;
  fallback: number;
  shared: number;
  vias: Partial<Record<"sms" | "secure_sms" | "secure_email", number>>;
  languages: Partial<Record<Language, number>>;
  cents: number | null;
}

export interface Detail {
  broadcast: Broadcast;
  bodies: Partial<Record<Language, string>>;
  way: Way;
  news: boolean;
  per_hour: number | null;
  filters: Filter[];
  /** How many patients a pasted list means. */
  listed: number;
  checked_at: string | null;
  approved_by: string | null;
  sums: Sum[];
  funnel: Funnel;
  check: Check;
  alone: number;
  can_write: boolean;
  can_approve: boolean;
}

export interface Said {
  title: string;
  bodies: Partial<Record<Language, string>>;
  way: Way;
  news: boolean;
  filters: Filter[];
}

export interface Recipient {
  number: number;
  patient: string;
  name: string;
  via: "sms" | "secure_sms" | "secure_email";
  language: Language;
  state: RecipientState;
  words: string | null;
  conversation: string | null;
  delivery: string | null;
  viewed_at: string | null;
  replied_at: string | null;
}

export interface Match {
  matched: number;
  unknown: string[];
  several: string[];
}

export const recent = (): Promise<{ broadcasts: Broadcast[] }> => ask("GET", "/broadcasts");
export const detail = (id: string): Promise<Detail> => ask("GET", `/broadcasts/${id}`);
export const begin = (key: string, team: string, said: Said): Promise<Detail> =>
  ask("POST", "/broadcasts", { key, team, ...said });
export const change = (id: string, rev: number, said: Said): Promise<Detail> =>
  ask("PUT", `/broadcasts/${id}`, { rev, ...said });
export const paste = (id: string, text: string): Promise<Match> => ask("PUT", `/broadcasts/${id}/list`, { text });
export const remove = (id: string): Promise<void> => ask("DELETE", `/broadcasts/${id}`);
export const submit = (
  id: string,
  asked: { rev: number; at: string | null; per_hour: number | null; sure: boolean },
): Promise<Detail> => ask("POST", `/broadcasts/${id}/submit`, asked);
export const act = (
  id: string,
  what: "check" | "approve" | "cancel" | "pause" | "resume" | "stop" | "retry",
): Promise<Detail> => ask("POST", `/broadcasts/${id}/${what}`, {});

export const recipients = (
  id: string,
  state: RecipientState | "",
  after: number,
): Promise<{ recipients: Recipient[]; next: number | null }> =>
  ask("GET", `/broadcasts/${id}/recipients?after=${after}${state ? `&state=${state}` : ""}`);

/** The whole report, for the browser to save. Raises `Refused`; `prove_again` where the person signed in a while ago. */
export const report = (id: string): Promise<{ content: Blob; name: string }> => askFile(`/broadcasts/${id}/report`, {});

/** How many broadcasts a patient gets in seven days before news leaves them out. */
export const setMost = (many: number): Promise<{ many: number }> =>
  ask("POST", "/organization/broadcast-most", { many });

/** To how many patients one person may send without a second one. */
export const setAlone = (many: number): Promise<{ many: number }> =>
  ask("POST", "/organization/broadcast-alone", { many });
