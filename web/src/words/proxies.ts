/** Who somebody is to a patient, and how their access stands, in words. */

import type { Proxy as Acting } from "../../../realtime/client/wire.gen.ts";
import { date } from "./time.ts";

export const RELATIONS: Record<Acting["relation"], string> = {
  mother: "Mother",
  father: "Father",
  guardian: "Guardian",
  spouse: "Spouse",
  child: "Adult child",
  caregiver: "Caregiver",
  other: "Other",
};

export const WHYS = {
  asked: "The patient asked for it",
  custody: "Custody or guardianship changed",
  age: "The patient came of age",
  mistake: "Added by mistake",
  other: "Another reason",
} as const;

/** Rosa Vega, mother. */
export function called({ name, relation }: { name: string; relation?: Acting["relation"] | null }): string {
  return relation && relation !== "other" ? `${name}, ${RELATIONS[relation].toLowerCase()}` : name;
}

export function standing(proxy: Acting, teamName: (id: string) => string, now: number): string {
  const teams = proxy.teams === null ? "all teams" : proxy.teams.map(teamName).join(", ");
  if (proxy.state === "ended") return "access ended";
  if (proxy.state === "review") return `${teams} · rests until reviewed`;
  if (proxy.state === "not_yet") return `${teams} · from ${date(proxy.begins_at, now)}`;
  return proxy.ends_at ? `${teams} · until ${date(proxy.ends_at, now)}` : teams;
}
