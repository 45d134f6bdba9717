/** Messages that wait for their time. */

import type { Later } from "../../realtime/client/wire.gen.ts";
import * as actions from "./actions.ts";
import { attempt, putBack, takeRow } from "./answers.ts";
import * as drafts from "./drafts.ts";
import { draftOf, keepDraft, toast } from "./store.ts";
import { asSent, type Choice, choiceOf } from "./words/ways.ts";

export interface ForLater {
  conversation: string;
  key: string;
  choice: Choice;
  body: string;
  isSure: boolean;
  /** Milliseconds since 1970. */
  at: number;
}

/** Raises `Refused`: the dialog shows it and stays. */
export async function sendLater({ conversation, key, choice, body, isSure, at }: ForLater): Promise<void> {
  const only = draftOf(conversation).patientOnly ? { patient_only: true as const } : {};
  const words = { ...asSent(choice), body, ...(isSure ? { sure: true as const } : {}), ...only };
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

/** It does not go out by itself any more; its words are in the composer, to change or to send now. */
export function edit(conversation: string, later: Later): Promise<boolean> {
  return attempt(async () => {
    takeRow(await actions.cancelLater(later.id));
    putBack(conversation, later.body, choiceOf(later), later.patient_only);
  });
}
