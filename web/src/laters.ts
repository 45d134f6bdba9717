/** Messages that wait for their time. */

import type { Later } from "../../realtime/client/wire.gen.ts";
import * as actions from "./actions.ts";
import { attempt, putBack, takeRow } from "./answers.ts";
import * as contacts from "./contacts.ts";
import * as drafts from "./drafts.ts";
import type { ThreadState } from "./state/thread.ts";
import { draftOf, keepDraft, toast } from "./store.ts";
import { asSent, type Choice, choiceOf } from "./words/ways.ts";

export interface ForLater {
  conversation: string;
  key: string;
  choice: Choice;
  body: string;
  isSure: boolean;
  /** Contacts that were chosen instead of the preferred ones. */
  to: readonly string[];
  /** Milliseconds since 1970. */
  at: number;
}

/** Raises `Refused`: the dialog shows it and stays. */
export async function sendLater({ conversation, key, choice, body, isSure, to, at }: ForLater): Promise<void> {
  const only = draftOf(conversation).patientOnly ? { patient_only: true as const } : {};
  const words = {
    ...asSent(choice),
    body,
    ...(isSure ? { sure: true as const } : {}),
    ...only,
    ...(to.length > 0 ? { to } : {}),
  };
  await drafts.settled("message", conversation);
  takeRow(await actions.sendLater(conversation, key, words, new Date(at).toISOString()));
  drafts.went("message", conversation);
  keepDraft(conversation, { body: "", via: null });
}

export function cancel(later: Later): Promise<boolean> {
  return attempt(async () => {
    takeRow(await actions.cancelLater(later.id));
    toast("Cancelled. It does not go out");
  });
}

/** Ids of the contacts that were chosen for it. */
export const chosenOf = (later: Later): string[] => later.to ?? [];

/** The contacts that it goes to, where others than the preferred ones were chosen and are known. */
export const goesTo = (patient: string, later: Later): contacts.Contact[] =>
  (contacts.of(patient)?.contacts ?? []).filter((each) => chosenOf(later).includes(each.id));

/** It does not go out by itself any more; its words are in the composer, to change or to send now, to the same contact. */
export function edit({ row, patient }: ThreadState, later: Later): Promise<boolean> {
  return attempt(async () => {
    if (chosenOf(later).length > 0) await contacts.load(patient.id, patient.rev);
    takeRow(await actions.cancelLater(later.id));
    putBack(row.id, later.body, choiceOf(later), later.patient_only);
    const to = Object.fromEntries(goesTo(patient.id, later).map((each) => [each.kind, each]));
    if (chosenOf(later).length > 0) keepDraft(row.id, { ...draftOf(row.id), to });
  });
}
