/** The three ways of writing: their names, their icons, what is in the way of one. */

import type { Patient, SendableName, ViaName } from "../../../realtime/client/wire.gen.ts";

export type Sendable = SendableName;

export interface WayWords {
  name: string;
  button: string;
  /** Under a message: what carried it. */
  label: string;
  icon: "lock" | "lock-mail" | "unlock";
}

export const WAYS: Record<Sendable, WayWords> = {
  secure_sms: { name: "Secure text", button: "Send secure text", label: "Secure text", icon: "lock" },
  secure_email: { name: "Secure e-mail", button: "Send secure e-mail", label: "Secure e-mail", icon: "lock-mail" },
  sms: {
    name: "Plain text",
    button: "Send plain text (not private)",
    label: "Plain text, not private",
    icon: "unlock",
  },
};

export const ORDER: readonly Sendable[] = ["secure_sms", "secure_email", "sms"];

export function labelOf(via: ViaName): string {
  if (via === "portal") return "Secure page";
  return via === "email" ? "E-mail, not private" : WAYS[via].label;
}

export const isPrivate = (via: ViaName) => via !== "sms" && via !== "email";

/** Codes of `server/queries/ways.py`. */
const OBSTACLES: Record<string, string> = {
  no_phone: "No phone number on file",
  no_email: "No e-mail address on file",
  no_consent: "The patient has not agreed to plain texts yet",
  opted_out: "The patient stopped texts",
  no_number: "This team has no phone number",
};

export function obstacle(why: string | null): string {
  if (why === null) return "Not possible for this patient";
  return OBSTACLES[why] ?? why.replaceAll("_", " ");
}

/** A way that only lacks a consent can still be chosen: choosing it asks for the consent. */
export function isChoosable(patient: Patient, via: Sendable): boolean {
  const way = patient.ways[via];
  return way.can || (via === "sms" && way.why === "no_consent");
}

/** Where the composer opens: always private, by e-mail if that is preferred or the only way. Never plain. */
export function safeDefault(patient: Patient): Sendable {
  const { secure_sms: text, secure_email: mail } = patient.ways;
  if (mail.can && (patient.prefers === "email" || !text.can)) return "secure_email";
  return "secure_sms";
}

/** "··42" or "ma…@example.org": enough to see which contact, not enough to copy. */
export function contactHint(patient: Patient, via: Sendable): string {
  if (via !== "secure_email") return patient.phone ? `··${patient.phone.slice(-2)}` : "";
  const [name = "", host = ""] = (patient.email ?? "").split("@");
  return host ? `${name.slice(0, 2)}…@${host}` : "";
}
