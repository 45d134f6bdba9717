/** The list of the directory: its pages, and what a search finds. In memory only, the words of the search too. */

import { computed, signal } from "@preact/signals";
import type { Listed, Patient } from "../../realtime/client/wire.gen.ts";
import { directory } from "./directory-place.ts";
import { Refused } from "./http.ts";
import * as reads from "./reads.ts";
import type { DirectoryPlace } from "./route.ts";
import type { Loading } from "./store.ts";

export const FEWEST = 2;
const MOST_FOUND = 20;

interface Pages {
  which: Pick<DirectoryPlace, "sort" | "tag">;
  rows: readonly Listed[];
  next: string | null;
  total: number;
  isFirst: boolean;
}

export const pages = signal<Pages | null>(null);
export const loading = signal<Loading>("loading");
/** Why it did not load. */
export const refused = signal<Refused | null>(null);
/** What is typed into the search. */
export const text = signal("");
/** Who was found for it; null while nothing is sought. */
export const found = signal<readonly Listed[] | null>(null);
/** Something has happened that the list, scrolled by now, does not show. */
export const isBehind = signal(false);

export const isSeeking = computed(() => text.value.trim().length >= FEWEST);
/** What the list shows. */
export const rows = computed(() => (isSeeking.value ? found.value : pages.value?.rows) ?? null);
/** Of those who were found there may be more. */
export const isCutShort = computed(() => isSeeking.value && found.value?.length === MOST_FOUND);

/** As a row shows somebody whose whole entry is here. */
export function listed(patient: Patient): Listed {
  const { id, rev, name, first_name, last_name, initials, mrn, language, incomplete } = patient;
  const born = patient.date_of_birth ? Number(patient.date_of_birth.slice(0, 4)) : null;
  const known = pages.value?.rows.find((each) => each.id === id);
  return {
    ...{ id, rev, name, first_name, last_name, initials, mrn, language, incomplete, born },
    phone_end: patient.phone?.slice(-2) ?? null,
    has_email: patient.email !== null,
    archived: Boolean(patient.archived_at),
    deceased: Boolean(patient.deceased_at),
    last_at: known?.last_at ?? null,
  };
}

let asked: AbortController | null = null;

/** The first page in the chosen order. A later choice overtakes an earlier answer. */
export async function load(): Promise<void> {
  asked?.abort();
  const mine = new AbortController();
  asked = mine;
  loading.value = "loading";
  const { sort = "recent", tag = null } = directory.value ?? {};
  const which = { sort, tag };
  try {
    const page = await reads.listing(which, null, mine.signal);
    if (asked !== mine) return;
    pages.value = { which, rows: page.patients, next: page.next, total: page.total ?? 0, isFirst: true };
    loading.value = "ready";
    isBehind.value = false;
  } catch (error) {
    if (asked === mine) failed(error);
  }
}

function failed(error: unknown): void {
  refused.value = error instanceof Refused ? error : null;
  loading.value = "failed";
}

let following: string | null = null;

/** The next page; one at a time. Whoever moved meanwhile stands in the list once. */
export async function more(): Promise<void> {
  const before = pages.value;
  if (!before?.next || following === before.next) return;
  following = before.next;
  const page = await reads.listing(before.which, before.next).catch(() => null);
  following = null;
  if (!page || pages.value?.next !== before.next) return;
  const known = new Set(before.rows.map((each) => each.id));
  const fresh = page.patients.filter((each) => !known.has(each.id));
  pages.value = { ...pages.value, rows: [...before.rows, ...fresh], next: page.next, isFirst: false };
}

let seeking: AbortController | null = null;

/** Finds who was typed; the old answer stays until the new one is here. */
export async function seek(): Promise<void> {
  seeking?.abort();
  const mine = new AbortController();
  seeking = mine;
  if (!isSeeking.value) {
    found.value = null;
    return;
  }
  try {
    const patients = await reads.findPatients(text.value.trim(), mine.signal, directory.value?.sort === "archived");
    if (seeking !== mine) return;
    found.value = patients.map(listed);
    loading.value = "ready";
  } catch (error) {
    if (seeking === mine) failed(error);
  }
}

/** Something of the directory has changed: what is still at its beginning shows it, what was scrolled says so. */
export async function refresh(): Promise<void> {
  if (isSeeking.value) await seek();
  if (pages.value?.isFirst !== false) await load();
  else isBehind.value = true;
}

/** The whole entry of somebody in the list is here: their row shows it. */
export function take(patient: Patient): void {
  const put = (all: readonly Listed[]) => all.map((each) => (each.id === patient.id ? listed(patient) : each));
  if (pages.value) pages.value = { ...pages.value, rows: put(pages.value.rows) };
  if (found.value) found.value = put(found.value);
}
