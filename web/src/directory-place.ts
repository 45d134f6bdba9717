/** Whether the directory is on the screen instead of the inbox, and what of it. In memory only, like everything. */

import { signal } from "@preact/signals";
import type { Patient } from "../../realtime/client/wire.gen.ts";
import { type DirectoryPlace, directoryOf } from "./route.ts";

/** Null: the inbox is. */
export const directory = signal<DirectoryPlace | null>(directoryOf(location.pathname, location.search));
/** The entry that is open there, once it is here. */
export const entry = signal<Patient | null>(null);
/** Ids of the rows in their order, for the keys that go along them. */
export const order = signal<readonly string[]>([]);
/** The row that the keyboard stands on. */
export const mark = signal<string | null>(null);
/** What the wire said of the directory: how often, and of which entry last. */
export const heard = signal<{ patient: string | null; count: number }>({ patient: null, count: 0 });

/** How often the wire said that patients have other tags: who shows somebody's asks again. */
export const tagsHeard = signal(0);

export function hearTags(): void {
  tagsHeard.value += 1;
  hear(null);
}

export function hear(patient: string | null): void {
  heard.value = { patient, count: heard.value.count + 1 };
}
