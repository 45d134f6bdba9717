/** Whose a phone or e-mail is, what line it has, and how sure we are, in words. */

import type { Contact } from "../contacts.ts";
import { RELATIONS } from "./proxies.ts";
import { date } from "./time.ts";

export const LABELS = { "": "Not said", mobile: "Mobile", home: "Home", work: "Work" } as const;
export const LINES = {
  "": "Not known",
  mobile: "Mobile",
  landline: "Landline (gets no texts)",
  voip: "Internet phone",
};
export const OWNERS: Record<string, string> = { "": "The patient", ...RELATIONS, other: "Somebody else" };

const HOW = { link: "by a link sent there", answer: "by their answer YES", staff: "by staff" } as const;
const LINE = { mobile: "mobile line", landline: "landline, gets no texts", voip: "internet phone" } as const;

/** "Work · of Luz Vega, adult child · landline, gets no texts (says the carrier)". */
export function about({ kind, label, owner, owner_name: name, line, line_from: from }: Contact): string {
  const relation = owner && owner !== "other" ? RELATIONS[owner].toLowerCase() : "";
  const whose = owner
    ? `of ${[name ?? (relation ? "" : "somebody else"), relation].filter(Boolean).join(", ")}`
    : "the patient’s own";
  const which = label ? LABELS[label] : kind === "phone" ? "Phone" : "E-mail";
  const said = line && `${LINE[line]}${from === "carrier" ? " (says the carrier)" : ""}`;
  return [which, whose, said].filter(Boolean).join(" · ");
}

/** "Verified Nov 3 by staff · last proven Nov 20". */
export function certainty(contact: Contact, now: number): string {
  const { verified_at: verified, verified_how: how, proven_at: proven } = contact;
  const sure = verified && how ? `Verified ${date(verified, now)} ${HOW[how]}` : "Not verified";
  return `${sure} · ${proven ? `last proven ${date(proven, now)}` : "never proven"}`;
}
