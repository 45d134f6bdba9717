/** What is said about a patient's contacts, wishes and consents. */

import type { Consent, Patient, PhoneHolder, ProofName, Stop } from "../../../realtime/client/wire.gen.ts";
import { phone } from "./phone.ts";
import { date } from "./time.ts";

const HOW: Record<Stop["source"], string> = {
  keyword: "by replying STOP",
  staff: "as they told a member of staff",
  portal: "on their secure page",
  mail: "by answering a mail",
  carrier: "at their carrier",
  list: "on the carrier’s list",
};

/** "Stopped texts Oct 3 by replying STOP." */
export function stopped(stop: Stop, now: number): string {
  return `Stopped ${stop.by === "text" ? "texts" : "e-mails"} ${date(stop.at, now)} ${HOW[stop.source]}.`;
}

/** Staff may take back only what staff wrote down; everything else is the patient's own. */
export const isOurs = (stop: Stop) => stop.source === "staff";

/** Who can end it, and how. */
export function howToStart(stop: Stop): string {
  if (isOurs(stop)) return "If they want them again, lift it here.";
  if (stop.by === "email") return "Only they can start them again, on their secure page.";
  const blocks = stop.source === "carrier" ? " The carrier blocks this phone until they do." : "";
  return `Only they can start them again: text START to ${phone(stop.number ?? "")}.${blocks}`;
}

const WHAT = { plain_sms: "plain texts", email: "e-mail notices" } as const;
const SOURCES: Record<Consent["source"], string> = {
  spoken: "spoken",
  written: "in writing",
  portal: "on the secure page",
};

export const consentNames = WHAT;

/** "Agreed to plain texts Oct 3, spoken, recorded by Nia Brooks." */
export function consented(line: Consent, now: number): string {
  const did = line.gives ? "Agreed to" : "Took back their word on";
  const by = line.by ? `, recorded by ${line.by}` : "";
  return `${did} ${WHAT[line.kind]} ${date(line.at, now)}, ${SOURCES[line.source]}${by}.`;
}

/** The newest line of a kind decides. */
export function agrees(patient: Patient, kind: Consent["kind"]): boolean {
  return patient.consents.findLast((line) => line.kind === kind)?.gives ?? false;
}

/** "The name and the date of birth are missing.", or nothing. */
export function missing(patient: Patient): string | null {
  const parts = [
    !(patient.first_name || patient.last_name) && "name",
    !patient.date_of_birth && "date of birth",
    !(patient.phone || patient.email) && "phone or e-mail",
  ].filter((part) => part !== false);
  if (parts.length === 0) return null;
  return `The ${parts.join(" and the ")} ${parts.length === 1 ? "is" : "are"} missing.`;
}

/** The patient's phone is another patient's too, or of somebody who acts for them. */
export function isShared(patient: Patient): boolean {
  const acting = patient.proxies?.some((each) => each.state !== "ended" && each.phone === patient.phone) ?? false;
  return patient.phone !== null && (patient.shared_phone || acting);
}

/** "Leo Garcia (born 2012)", "Rosa Vega (mother of Leo Garcia)". */
export function holder({ name, born, relation, acts_for }: PhoneHolder): string {
  if (acts_for) return `${name} (${!relation || relation === "other" ? "acts for" : `${relation} of`} ${acts_for})`;
  return born ? `${name} (born ${born})` : name;
}

/** What a private message asks whoever opens it on that phone. */
export function asks(proof: ProofName, name: string): string {
  if (proof === "birth_date") return `A private message opens with ${name}’s own date of birth.`;
  if (proof === "code")
    return "A private message asks for a code, which comes to the same phone: whoever holds it can read.";
  return "A private message opens with one press: whoever holds the phone can read it.";
}

/** "Marked as deceased Oct 3." */
export const deceased = ({ deceased_at: at }: Patient, now: number): string =>
  at ? `Marked as deceased ${date(at, now)}.` : "";
