/** What the server's answer to an act changes on this screen, before the wire tells everybody. */

import { batch } from "@preact/signals";
import type { Message, Patient, Row } from "../../realtime/client/wire.gen.ts";
import { entry } from "./directory-place.ts";
import { Refused } from "./http.ts";
import * as inboxState from "./state/inbox.ts";
import * as threadState from "./state/thread.ts";
import { draftOf, held, inbox, keepDraft, lastOfMine, thread, toast } from "./store.ts";
import { inWords } from "./words/refusals.ts";
import type { Choice } from "./words/ways.ts";

/** A conversation as this screen knows it. */
export function known(id: string): Row | undefined {
  return thread.value?.row.id === id ? thread.value.row : inbox.value?.rows.get(id);
}

export const takeRow = (row: Row): void => takeRows([row]);

export function takeRows(rows: readonly Row[]): void {
  batch(() => {
    if (inbox.value) inbox.value = inboxState.withRows(inbox.value, rows, held.value);
    for (const row of rows) if (thread.value) thread.value = threadState.withRow(thread.value, row);
  });
}

export function takeMessage(message: Message): void {
  batch(() => {
    if (thread.value) thread.value = threadState.withMessages(thread.value, [message]);
    const known = lastOfMine.value.get(message.conversation);
    const isNewer = !known || known.number < message.number || known.id === message.id;
    if (isNewer) lastOfMine.value = new Map(lastOfMine.value).set(message.conversation, message);
  });
}

export function takePatient(patient: Patient): void {
  if (entry.value?.id === patient.id) entry.value = patient;
  if (thread.value) thread.value = threadState.withPatient(thread.value, patient);
}

/**
 * Words come back into the composer, before what is already there, with the way they were to go. What was for the
 * patient alone stays so.
 */
export function putBack(conversation: string, body: string, via: Choice | null, patientOnly = false): void {
  const { body: started, patientOnly: wasOnly } = draftOf(conversation);
  const only = patientOnly || wasOnly ? ({ patientOnly: true } as const) : {};
  keepDraft(conversation, { body: started ? `${body}\n${started}` : body, via, ...only });
}

/** Shows why an act was refused; anything else is a bug and goes on. */
export function excuse(error: unknown): void {
  if (!(error instanceof Refused)) throw error;
  if (error.status !== 401) toast(inWords(error), { isError: true });
}

/** Does something and shows why it was refused, if it was. Whether it was done. */
export async function attempt(act: () => Promise<void>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    excuse(error);
    return false;
  }
}
