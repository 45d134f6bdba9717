/** Why two entries may be one person, what tells them apart, and what a merge does. */

import type { MergeAhead, MovingConversation, Patient, SameBy } from "../../../realtime/client/wire.gen.ts";
import type { Field } from "../merges.ts";
import { many } from "./counts.ts";
import { LANGUAGES } from "./languages.ts";
import { birthday } from "./time.ts";

const languages: Record<string, string> = LANGUAGES;

const EVIDENCE: Record<SameBy, string> = {
  name_and_birth_date: "same name and date of birth",
  phone_and_first_name: "same first name and phone",
  email_and_first_name: "same first name and e-mail",
};

/** "Same name and date of birth, same first name and phone." */
export function why(evidence: readonly SameBy[]): string {
  const said = evidence.map((each) => EVIDENCE[each]).join(", ");
  return said && `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
}

export const NAMES: Record<Field, string> = {
  first_name: "First name",
  last_name: "Last name",
  date_of_birth: "Born",
  mrn: "MRN",
  phone: "Phone",
  email: "E-mail",
  language: "Language",
  prefers: "Prefers",
};

/** One detail in words; nothing where nothing is on file. */
export function detail(patient: Patient, field: Field): string {
  switch (field) {
    case "date_of_birth":
      return patient.date_of_birth ? birthday(patient.date_of_birth) : "";
    case "phone":
      return patient.phone_display ?? "";
    case "language":
      return languages[patient.language] ?? patient.language;
    case "prefers":
      return patient.prefers === "email" ? "E-mail" : patient.prefers === "sms" ? "Text" : "";
    default:
      return patient[field] ?? "";
  }
}

function moving({ earlier, scheduled }: MovingConversation, team: string): string {
  if (!earlier) return `The conversation with ${team} moves and goes on.`;
  const cancelled = scheduled > 0 ? ` ${many(scheduled, "scheduled message")} in it will not be sent.` : "";
  return `The conversation with ${team} is marked done and stands behind the one here.${cancelled}`;
}

/** What comes along and what ends, line by line. `phone` is whether the phone of the entry that goes stays on file. */
export function consequences(
  { kept, merged, conversations, groups, tags, acting }: MergeAhead,
  phoneStays: boolean,
  nameOf: (team: string) => string,
): string[] {
  const further = merged.phone_display && merged.phone !== kept.phone && !phoneStays;
  return [
    ...conversations.map((each) => moving(each, nameOf(each.team))),
    "Conversations with teams whose inbox you do not read come along too, if there are any.",
    ...(groups > 0 ? [`${many(groups, "group")} of the entry that goes will have the one that stays.`] : []),
    ...(tags > 0 ? [`${many(tags, "tag")} of the entry that goes will be on the one that stays.`] : []),
    ...(acting > 0
      ? [`${many(acting, "person acts", "people act")} for them: the access rests until somebody in a team has looked.`]
      : []),
    ...(further ? [`${merged.phone_display} stays on file as another phone; texts from it are the patient’s.`] : []),
    "Links that were sent for the entry that goes end.",
    "What either stopped or no longer agrees to stays so.",
  ];
}
