/** Two entries that may be one person: who they are, merging them, and taking that back. */

import type { MergeAhead, Pairs, Patient, SamePerson } from "../../realtime/client/wire.gen.ts";
import { attempt, takePatient } from "./answers.ts";
import { ask } from "./http.ts";
import { toast } from "./store.ts";

/** Details that are chosen from one of the two; the rest is decided by what is stricter. */
export const FIELDS = [
  "first_name",
  "last_name",
  "date_of_birth",
  "mrn",
  "phone",
  "email",
  "language",
  "prefers",
] as const;
export type Field = (typeof FIELDS)[number];

export const all = () => ask<Pairs>("GET", "/duplicates");
export const of = (patient: string) => ask<SamePerson>("GET", `/patients/${patient}/duplicates`);
export const ahead = (kept: string, other: string) => ask<MergeAhead>("GET", `/patients/${kept}/merge?other=${other}`);

/** They are two people. Raises `Refused`. */
export const tellApart = (one: string, other: string) => ask<void>("POST", `/patients/${one}/apart`, { other });

/** Raises `Refused`; `moved_on` where one of the two was changed since it was looked at. */
export async function merge({ kept, merged }: MergeAhead, take: readonly Field[]): Promise<void> {
  const done = await ask<{ merge: string; patient: Patient }>("POST", `/patients/${kept.id}/merge`, {
    other: merged.id,
    take,
    rev: kept.rev,
    other_rev: merged.rev,
  });
  takePatient(done.patient);
  toast("Merged into one entry", { undo: () => void undo(done.merge) });
}

/** Whether it was done. */
export function undo(merge: string): Promise<boolean> {
  return attempt(async () => {
    takePatient(await ask<Patient>("POST", `/merges/${merge}/undo`, {}));
    toast("Two entries again");
  });
}
