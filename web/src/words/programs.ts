/** How what other programs may do, and what they are told, is called. */

import type { ApiKey, Hook, Telling } from "../../../realtime/client/wire.gen.ts";
import { sentence, until } from "./time.ts";

export const SCOPES = {
  "patients:read": { name: "See patients", detail: "Names, dates of birth, record numbers, phones, e-mails" },
  "conversations:read": { name: "Read conversations", detail: "Every message of the teams below" },
  "documents:read": { name: "See files", detail: "What came with messages of the teams below" },
  "messages:write": { name: "Write to patients", detail: "Under your name, in the teams below" },
  webhooks: { name: "Hear what happens", detail: "That a message came, without its words" },
} as const;

export type Scope = keyof typeof SCOPES;

export const KINDS = {
  "message.received": "A patient wrote",
  "message.delivered": "A message arrived",
  "message.failed": "A message did not arrive",
  "message.viewed": "A patient viewed a message",
  "conversation.closed": "A conversation was done",
  "patient.opted_out": "A patient wants no more messages",
  "patient.opted_in": "A patient wants messages again",
} as const;

export type Kind = keyof typeof KINDS;

export const kindOf = (kind: string): string => KINDS[kind as Kind] ?? "Test";

export const mayOf = (key: ApiKey): string =>
  key.scopes.map((each) => SCOPES[each as Scope]?.name.toLowerCase()).join(", ");

export function stateOf(key: ApiKey, now: number): string {
  if (key.state === "revoked") return "Revoked";
  if (key.state === "ended") return "Over";
  if (key.state === "no_admin") return `${key.by} is no admin any more`;
  const used = key.last_used_at ? `Used ${sentence(key.last_used_at, now)}` : "Not used yet";
  return `${used}; works until ${until(Date.parse(key.ends_at), now)}`;
}

export function whyOff(hook: Hook): string | null {
  if (!hook.disabled) return null;
  return hook.disabled === "gone" ? "Off: it said that it is gone" : "Off: it did not answer for a day";
}

const STATES = { waiting: "tries again", told: "taken", failed: "not taken", stopped: "not sent" } as const;

const WHY: Record<string, string> = {
  silence: "no answer",
  unreachable: "not reached",
  unknown_host: "no such name",
  private: "not on the internet",
  tls: "no valid certificate",
  no_http: "no answer that we read",
  not_allowed: "not allowed",
};

export function toldOf(telling: Telling): string {
  if (telling.state === "waiting" && !telling.tries) return "on its way";
  const said = telling.status ? `answer ${telling.status}` : telling.why ? (WHY[telling.why] ?? telling.why) : "";
  return said ? `${STATES[telling.state]}, ${said}` : STATES[telling.state];
}
