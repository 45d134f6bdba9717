/** Changing the directory entry of a patient who is on the screen, beside a conversation or in the directory. */

import type { Carrier, Consent } from "../../realtime/client/wire.gen.ts";
import * as actions from "./actions.ts";
import { attempt, takePatient } from "./answers.ts";
import { draftOf, keepDraft, thread, toast } from "./store.ts";

/** Raises `Refused`: the form shows it beside its fields. */
export async function change(patient: string, changes: actions.Changes): Promise<void> {
  takePatient(await actions.changePatient(patient, changes));
}

export function setPrivateMode(patient: string, is: boolean): Promise<boolean> {
  return attempt(() => change(patient, { private_mode: is }));
}

/** The patient's word, with a picture of it where there is one. A consent to plain texts chooses that way. */
export function recordConsent(
  conversation: string,
  consent: actions.NewConsent,
  evidence: Blob | null,
): Promise<boolean> {
  return attempt(async () => {
    const patient = thread.value?.patient;
    if (!patient) return;
    const kept = evidence && (await actions.keepEvidence(patient.id, evidence));
    takePatient(await actions.recordConsent(patient.id, { ...consent, ...(kept ? { evidence: kept.id } : {}) }));
    if (consent.kind === "plain_sms") keepDraft(conversation, { ...draftOf(conversation), via: "sms" });
  });
}

export function withdrawConsent(patient: string, kind: Consent["kind"]): Promise<boolean> {
  return attempt(async () => {
    takePatient(await actions.withdrawConsent(patient, kind));
    toast("Recorded: they no longer agree");
  });
}

export function restore(patient: string, contact: "phone" | "email"): Promise<boolean> {
  return attempt(async () => {
    takePatient(await actions.restoreContact(patient, contact));
    toast("It is used again");
  });
}

export interface Wish {
  by: Carrier;
  team: string;
  words: string;
}

export function stop(patient: string, { by, team, words }: Wish): Promise<boolean> {
  return attempt(async () => {
    takePatient(await actions.recordStop(patient, { by, team_id: team, words }));
    toast(by === "text" ? "No more texts from this team" : "No more e-mails");
  });
}

export function lift(patient: string, { by, team, words }: Wish): Promise<boolean> {
  return attempt(async () => takePatient(await actions.liftStop(patient, { by, team_id: team, words })));
}
