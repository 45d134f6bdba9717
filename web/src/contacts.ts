/** All phones and e-mails of the patient who is shown: read, added, changed, preferred, removed. */

import { signal } from "@preact/signals";
import type { PatientContact, PatientContacts } from "../../realtime/client/wire.gen.ts";
import { attempt } from "./answers.ts";
import { ask, Refused } from "./http.ts";
import { toast } from "./store.ts";

export type Contact = PatientContact;
export type Kind = Contact["kind"];
/** What is said of one; what is absent stays as it is. */
export type Said = Partial<Pick<Contact, "value" | "label" | "owner" | "owner_name" | "line">> & { verified?: boolean };

/** Those of the patient beside the conversation, or of the entry that is open. */
export const known = signal<PatientContacts | null>(null);

export const of = (patient: string) => (known.value?.patient === patient ? known.value : null);

/** Reads them, unless they are here as they were at this revision of the entry, or on their way. */
export function load(patient: string, rev: number): Promise<void> {
  if (of(patient)?.rev === rev) return Promise.resolve();
  if (coming?.patient !== patient || coming.rev !== rev) {
    const read = reread(patient).finally(() => {
      if (coming?.read === read) coming = null;
    });
    coming = { patient, rev, read };
  }
  return coming.read;
}

let coming: { patient: string; rev: number; read: Promise<void> } | null = null;

async function reread(patient: string): Promise<void> {
  known.value = await ask<PatientContacts>("GET", at(patient));
}

const at = (patient: string, rest = "") => `/patients/${patient}/contacts${rest}`;

/** Raises `Refused`; where somebody was faster, what is there now is read before, and the server's sentence says so. */
async function act(method: "POST" | "PATCH", patient: string, rest: string, body: object): Promise<void> {
  try {
    const rev = of(patient)?.rev ?? 0;
    known.value = await ask<PatientContacts>(method, at(patient, rest), { ...body, rev });
  } catch (error) {
    if (!(error instanceof Refused && error.code === "moved_on")) throw error;
    await reread(patient);
    throw new Refused(error.status, "entry_changed", error.detail);
  }
}

/** Raises `Refused`. The same id again is the same contact, so a lost answer can be asked for once more. */
export const add = (patient: string, id: string, kind: Kind, said: Said) =>
  act("POST", patient, "", { id, kind, said }).then(() => toast("Added"));

/** Raises `Refused`. */
export const change = (patient: string, contact: string, said: Said) =>
  act("PATCH", patient, `/${contact}`, { said }).then(() => toast("Saved"));

/** Raises `Refused`. */
export const remove = (patient: string, contact: string) =>
  act("POST", patient, `/${contact}/remove`, {}).then(() => toast("Removed. Links that were sent there have ended"));

export const prefer = (patient: string, { id, display }: Contact) =>
  attempt(() => act("POST", patient, `/${id}/prefer`, {}).then(() => toast(`Messages go to ${display} from now on`)));

export const useAgain = (patient: string, { id }: Contact) =>
  attempt(async () => {
    known.value = await ask<PatientContacts>("POST", at(patient, `/${id}/use-again`), {});
    toast("It is used again");
  });
