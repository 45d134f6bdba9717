/** The ways of writing: their names, their icons, what is in the way of one. */

import type { Message, Patient, SendableName, ViaName } from "../../../realtime/client/wire.gen.ts";

export type Sendable = SendableName;

/** What a writer chooses. `both` is one private message whose notice goes by text and by e-mail. */
export type Choice = Sendable | "both";

export interface WayWords {
  name: string;
  button: string;
  /** Under a message: what carried it. */
  label: string;
  icon: "lock" | "lock-mail" | "unlock";
  /** What the patient gets, who can read it, and what it needs. */
  says: string;
}

export const WAYS: Record<Choice, WayWords> = {
  secure_sms: {
    name: "Secure text",
    button: "Send secure text",
    label: "Secure text",
    icon: "lock",
    says: "They get a text with a link. Only who proves to be the patient can read your message. Needs a mobile phone.",
  },
  secure_email: {
    name: "Secure e-mail",
    button: "Send secure e-mail",
    label: "Secure e-mail",
    icon: "lock-mail",
    says: "They get an e-mail with a link. Only who proves to be the patient can read your message. Needs an address.",
  },
  both: {
    name: "Both",
    button: "Send secure text + e-mail",
    label: "Secure text + e-mail",
    icon: "lock-mail",
    says: "They get a text and an e-mail, each with a link to the same private message.",
  },
  sms: {
    name: "Plain text",
    button: "Send plain text (not private)",
    label: "Plain text, not private",
    icon: "unlock",
    says: "They get your very words as a text. Anyone who sees the phone can read them. Needs the patient’s consent.",
  },
};

export const ORDER: readonly Sendable[] = ["secure_sms", "secure_email", "sms"];

/** What the picker shows: "both" only where both can. */
export function choicesFor({ ways }: Patient): readonly Choice[] {
  const hasBoth = ways.secure_sms.can && ways.secure_email.can;
  return hasBoth ? ["secure_sms", "secure_email", "both", "sms"] : ORDER;
}

/** As the server wants to hear it. */
export function asSent(choice: Choice): { via: Sendable; both?: true } {
  return choice === "both" ? { via: "secure_sms", both: true } : { via: choice };
}

export function choiceOf({ via, both }: { via: Sendable; both?: boolean }): Choice {
  return both ? "both" : via;
}

/** How a message of ours went, for writing it once more. */
export function choiceOfMessage(message: Message): Choice {
  if (isBoth(message)) return "both";
  return message.via === "sms" || message.via === "secure_email" ? message.via : "secure_sms";
}

export function isBoth({ deliveries }: Pick<Message, "deliveries">): boolean {
  const carriers = deliveries.filter((each) => each.purpose === "first").map((each) => each.by);
  return new Set(carriers).size > 1;
}

export function labelOf(via: ViaName): string {
  if (via === "portal") return "Secure page";
  return via === "email" ? "E-mail, not private" : WAYS[via].label;
}

/** Under a message. What a patient sent by text or mail crossed open networks, and that is said. */
export function carriedBy(message: Message): string {
  if (message.from.kind === "staff") return isBoth(message) ? WAYS.both.label : labelOf(message.via);
  if (!message.unencrypted) return labelOf(message.via);
  return message.via === "email" ? "Sent unencrypted by e-mail" : "Sent unencrypted by text";
}

export const isPrivate = (via: ViaName) => via !== "sms" && via !== "email";

/** Codes of `server/reasons.py`, as they stand beside a way that cannot be chosen, and what helps. */
const OBSTACLES: Record<string, [what: string, help: string]> = {
  no_phone: ["No phone number on file", "Add one to the patient’s entry"],
  no_email: ["No e-mail address on file", "Add one to the patient’s entry"],
  no_consent: ["The patient has not agreed to plain texts yet", "Choose it to ask for their consent"],
  no_email_consent: ["The patient has not agreed to e-mail", "Ask for their consent"],
  opted_out: ["The patient stopped texts", "Only they can start them again, by texting START"],
  mail_opted_out: ["The patient stopped our e-mails", "Use a text, or call"],
  no_number: ["This team has no phone number", "Your clinic’s admin can add one"],
  number_pending: ["The team’s number is not registered with carriers yet", "Use e-mail until it is"],
  number_released: ["Your clinic gave this number up", "Choose another one"],
  number_blocked: ["Carriers block the team’s number", "Use e-mail; your clinic’s admin can help"],
  paused: ["Somebody said that this contact is not the patient’s", "Ask the patient, then use it again or fix it"],
  do_not_use: ["Three messages in a row did not arrive there", "Ask the patient, then use it again or fix it"],
  not_confirmed: [
    "Nobody has confirmed that this phone is still theirs",
    "Ask the patient, then use it again or fix it",
  ],
  number_dead: ["The number is no longer in use", "Ask the patient for another one"],
  no_mailbox: ["There is no such mailbox", "Ask the patient for another address"],
  bad_address: ["This is not an address that we can write to", "Ask the patient for another address"],
  bounced: ["The last mail came back", "Ask the patient for another address"],
  landline: ["This phone is a landline", "Use e-mail, or call"],
  region: ["We do not send to numbers of that country", "Use e-mail, or call"],
  premium: ["That is a number that costs its caller", "Ask the patient for another one"],
};

export function obstacle(why: string | null): string {
  if (why === null) return "Not possible for this patient";
  return OBSTACLES[why]?.[0] ?? why.replaceAll("_", " ");
}

/** What to do about it. */
export function help(why: string | null): string {
  return (why && OBSTACLES[why]?.[1]) || "Choose another way, or call the patient";
}

export function canSend(patient: Patient, choice: Choice): boolean {
  const { ways } = patient;
  return choice === "both" ? ways.secure_sms.can && ways.secure_email.can : ways[choice].can;
}

/** A way that only lacks a consent can still be chosen: choosing it asks for the consent. */
export function isChoosable(patient: Patient, choice: Choice): boolean {
  return canSend(patient, choice) || (choice === "sms" && patient.ways.sms.why === "no_consent");
}

/** Where the composer opens: always private, by e-mail if that is preferred or the only way. Never plain. */
export function safeDefault(patient: Patient): "secure_sms" | "secure_email" {
  const { secure_sms: text, secure_email: mail } = patient.ways;
  if (mail.can && (patient.prefers === "email" || !text.can)) return "secure_email";
  return "secure_sms";
}

export interface Chosen {
  choice: Choice;
  /** What stopped being possible while the writer had chosen it, and why. */
  instead: { choice: Choice; why: string | null } | null;
}

/** Where the composer stands: on the writer's choice while it is possible, else on a private way that is. */
export function standsOn(patient: Patient, chosen: Choice | null): Chosen {
  const safe = safeDefault(patient);
  if (chosen === null) return { choice: safe, instead: null };
  if (canSend(patient, chosen) || !canSend(patient, safe)) return { choice: chosen, instead: null };
  const { secure_sms: text, secure_email: mail } = patient.ways;
  const why = chosen === "both" ? (text.why ?? mail.why) : patient.ways[chosen].why;
  return { choice: safe, instead: { choice: chosen, why } };
}

/** Another private way than the one that failed, if there is one. */
export function otherWay(patient: Patient, failed: "text" | "email"): "secure_sms" | "secure_email" | null {
  const other = failed === "text" ? "secure_email" : "secure_sms";
  return patient.ways[other].can ? other : null;
}

/** "··42" or "ma…@example.org": enough to see which contact, not enough to copy. */
export function contactHint(patient: Patient, choice: Choice): string {
  const phone = patient.phone ? `··${patient.phone.slice(-2)}` : "";
  const [name = "", host = ""] = (patient.email ?? "").split("@");
  const mail = host ? `${name.slice(0, 2)}…@${host}` : "";
  if (choice === "both") return `${phone} and ${mail}`;
  return choice === "secure_email" ? mail : phone;
}
