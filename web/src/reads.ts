/** Every GET; and the searches, which are none, so that no address carries what was typed. */

import type {
  Ahead,
  Beside,
  Colleague,
  Coworker,
  Coworkers,
  Drafts,
  Evidence,
  Found,
  Here,
  IdentityTry,
  Inbox,
  Listing,
  Me,
  Members,
  Mention,
  Patient,
  PatientFiles,
  Roster,
  Row,
  SavedReplies,
  SavedReply,
  ServerFrame,
  SortName,
  Stray,
  StreamAt,
  TeamHours,
  Thread,
  Upload,
  View,
  WayOut,
} from "../../realtime/client/wire.gen.ts";
import { ask } from "./http.ts";
import { base } from "./page.ts";
import { type Filters, queryOf } from "./state/filters.ts";

/** Whose session this is; answered also while its screens are locked. */
export const here = () => ask<Here>("GET", "/session");

export const me = () => ask<Me>("GET", "/me");

/** Which list: whose, which view, and with which filters. */
export interface Listed {
  team: string;
  view: View;
  filters: Filters;
}

/** Its first page; or `after` a place, or only what has `turned` since: has waited long enough for its filter. */
export function inbox(
  { team, view, filters }: Listed,
  part: { after?: string; turned?: string } = {},
  signal?: AbortSignal,
): Promise<Inbox> {
  const query = [new URLSearchParams({ team, view, ...part }).toString(), queryOf(filters)].filter(Boolean).join("&");
  return ask<Inbox>("GET", `/inbox?${query}`, undefined, signal);
}

export function thread(conversation: string, before: number | null, signal?: AbortSignal): Promise<Thread> {
  const query = before === null ? "" : `?before=${before}`;
  return ask<Thread>("GET", `/conversations/${conversation}${query}`, undefined, signal);
}

/** What I have begun to write there. */
export const draft = (conversation: string) => ask<Drafts>("GET", `/conversations/${conversation}/draft`);

export async function members(team: string): Promise<Colleague[]> {
  return (await ask<Members>("GET", `/teams/${team}/members`)).members;
}

/** A page of the directory; `after` is the `next` of the page before. Each asking goes on record. */
export function listing(
  { sort, tag }: { sort: SortName | "archived"; tag?: string | null },
  after: string | null,
  signal?: AbortSignal,
): Promise<Listing> {
  const which: Record<string, string> = sort === "archived" ? { archived: "true" } : { sort };
  const query = new URLSearchParams({ ...which, ...(tag ? { tag } : {}), ...(after ? { after } : {}) });
  return ask<Listing>("GET", `/directory?${query}`, undefined, signal);
}

export async function coworkers(): Promise<Coworker[]> {
  return (await ask<Coworkers>("GET", "/coworkers")).coworkers;
}

export async function mentions(): Promise<Mention[]> {
  return (await ask<{ mentions: Mention[] }>("GET", "/mentions")).mentions;
}

/** Conversations by what they are to me, as ids of `rows`. */
export interface Shift {
  rows: Row[];
  mine: string[];
  promised: string[];
  waiting: string[];
  undelivered: string[];
}

/** What I leave at the end of a shift. */
export const shift = () => ask<Shift>("GET", "/shift");

/** In a conversation of this team, where it is one: what can be sent depends on whose numbers it leaves from. */
export const patient = (id: string, team?: string) =>
  ask<Patient>("GET", team === undefined ? `/patients/${id}` : `/patients/${id}?team=${team}`);

/** What came with their messages in the inboxes that I may read; `before` is the `next` of the page before. */
export function patientFiles(id: string, before: string | null, signal?: AbortSignal): Promise<PatientFiles> {
  const query = before === null ? "" : `?${new URLSearchParams({ before })}`;
  return ask<PatientFiles>("GET", `/patients/${id}/files${query}`, undefined, signal);
}

/** All they have in the inboxes that I may read, and how each begins. */
export async function conversationsOf(patient: string, signal?: AbortSignal): Promise<Beside[]> {
  const path = `/patients/${patient}/conversations`;
  return (await ask<{ conversations: Beside[] }>("GET", path, undefined, signal)).conversations;
}

/**
 * What the patient would get from this team now, or from this `number` of its, and who else has their phone. Each
 * asking goes on record.
 */
export function ahead(team: string, patient: string, number: string | undefined, signal?: AbortSignal) {
  const query = number === undefined ? "" : `?${new URLSearchParams({ number })}`;
  return ask<Ahead>("GET", `/teams/${team}/patients/${patient}/ahead${query}`, undefined, signal);
}

/** Each asking goes on record. */
export const evidence = (message: string) => ask<Evidence>("GET", `/messages/${message}/evidence`);

export async function findPatients(text: string, signal?: AbortSignal, archived = false): Promise<Patient[]> {
  const asked = { find: text, ...(archived ? { archived } : {}) };
  const found = await ask<{ patients: Patient[] }>("POST", "/patients/find", asked, signal);
  return found.patients;
}

/** In one team's inbox, or in all of mine; `before` is the `next` of the page before. Each asking goes on record. */
export function search(text: string, team: string | null, before: string | null, signal?: AbortSignal): Promise<Found> {
  const where = { ...(team ? { team } : {}), ...(before ? { before } : {}) };
  return ask<Found>("POST", "/search", { q: text, ...where }, signal);
}

export interface Tries {
  tries: IdentityTry[];
  on_file: string | null;
}

/** What somebody typed who could not prove that they are the patient. The server puts on record who looks. */
export const tries = (task: string) => ask<Tries>("GET", `/tasks/${task}/tries`);

export async function strays(team: string): Promise<Stray[]> {
  return (await ask<{ strays: Stray[] }>("GET", `/strays?${new URLSearchParams({ team })}`)).strays;
}

export async function replies(): Promise<SavedReply[]> {
  return (await ask<SavedReplies>("GET", "/replies")).replies;
}

export const hours = (team: string) => ask<TeamHours>("GET", `/teams/${team}/hours`);

export const onCall = (team: string) => ask<Roster>("GET", `/teams/${team}/on-call`);

export async function teams(): Promise<TeamHours[]> {
  return (await ask<{ teams: TeamHours[] }>("GET", "/teams")).teams;
}

export async function sending(): Promise<WayOut[]> {
  return (await ask<{ sending: WayOut[] }>("GET", "/sending")).sending;
}

/** Where the bytes of a file are; the browser itself asks for them. */
export const fileAddress = (id: string) => `${base}/api/v1/files/${id}`;

/** The conversation as its patient sees it, with nothing to press. */
export const previewAddress = (conversation: string) => `${base}/api/v1/conversations/${conversation}/preview`;
/** A page of a document as a picture; `width` in pixels. */
export const pageAddress = (file: string, page: number, width: number) =>
  `${fileAddress(file)}/pages/${page}?width=${width}`;

/** A file that one is about to send, as it will arrive; null while it is not here. */
export const added = async (upload: string) => (await ask<Upload>("GET", `/uploads/${upload}`)).file;

/** The words of a document, page by page. */
export const words = async (file: string) => (await ask<{ pages: string[] }>("GET", `/files/${file}/text`)).pages;

/** What the socket would have sent after this position, or null if that cannot be had now. */
export async function facts(stream: StreamAt): Promise<ServerFrame[] | null> {
  const query = new URLSearchParams({ stream: stream.id, epoch: stream.epoch, after: String(stream.at) });
  try {
    return (await ask<{ frames: ServerFrame[] }>("GET", `/facts?${query}`)).frames;
  } catch {
    return null;
  }
}
