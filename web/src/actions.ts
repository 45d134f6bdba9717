/** Every act: each changes something on the server. */

import type { Me, Message, Patient, Row, ViaName } from "../../realtime/client/wire.gen.ts";
import { ask, csrfToken } from "./http.ts";
import { base } from "./page.ts";

export interface NewPatient {
  first_name?: string;
  last_name?: string;
  date_of_birth?: string;
  phone?: string;
  email?: string;
}

export interface Words {
  via: ViaName;
  body: string;
  /** The newest message the writer had on the screen; the server refuses if a colleague wrote since. */
  seen?: number;
}

export function postMessage(conversation: string, key: string, words: Words): Promise<Message> {
  return ask("POST", `/conversations/${conversation}/messages`, { key, ...words });
}

export const markDone = (conversation: string) => ask<Row>("POST", `/conversations/${conversation}/done`, {});
export const reopen = (conversation: string) => ask<Row>("POST", `/conversations/${conversation}/reopen`, {});

export function markSeen(conversation: string, number: number): Promise<void> {
  return ask("POST", `/conversations/${conversation}/seen`, { number });
}

export const retryDelivery = (delivery: string) => ask<Message>("POST", `/deliveries/${delivery}/retry`, {});

export function openConversation(patient: string, team: string): Promise<Row> {
  return ask("POST", "/conversations", { patient_id: patient, team_id: team });
}

export const addPatient = (patient: NewPatient) => ask<Patient>("POST", "/patients", patient);

export function recordConsent(patient: string, wording: string): Promise<Patient> {
  return ask("POST", `/patients/${patient}/consents`, { kind: "plain_sms", wording });
}

export const withdrawConsent = (patient: string) => ask<Patient>("DELETE", `/patients/${patient}/consents/plain_sms`);

export function signIn(email: string, password: string): Promise<{ step: "code" }> {
  return ask("POST", "/session", { email, password });
}

export const signInCode = (code: string) => ask<Me>("POST", "/session/code", { code });

/** A real form, so that the browser itself follows the answer and clears what the answer tells it to clear. */
export function signOut(): void {
  const form = document.createElement("form");
  form.method = "post";
  form.action = `${base}/sign-out`;
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "csrf";
  field.value = csrfToken();
  form.append(field);
  document.body.append(form);
  form.submit();
}
