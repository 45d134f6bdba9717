/** What became of several conversations at once, in one line. */

import { many } from "./counts.ts";

export interface Left {
  code: string;
  /** The server's sentence, where there are no words here. */
  detail: string;
  patient: string;
}

const NAMED = 3;
const WHY: Record<string, readonly [one: string, several: string]> = {
  reason_needed: ["needs a reason", "need a reason"],
  conversation_closed: ["is done already", "are done already"],
  not_allowed: ["belongs to a team that you only observe", "belong to a team that you only observe"],
  not_a_member: ["belongs to another team than theirs", "belong to another team than theirs"],
  too_many_tags: ["has no room for another tag", "have no room for another tag"],
  unknown: ["is not yours to open any more", "are not yours to open any more"],
};

/** "2 done. 1 needs a reason: Maria G." `did` says what was to be done, as in "done" or "assigned to Sam". */
export function summary(did: string, count: number, left: readonly Left[]): string {
  const codes = [...new Set(left.map((each) => each.code))];
  const done = count > 0 || left.length === 0 ? [`${count} ${did}`] : [];
  const parts = codes.map((code) => because(left.filter((each) => each.code === code)));
  // A name may end with its own full stop.
  return parts.length > 0 ? [...done, ...parts].map((part) => part.replace(/\.?$/, ".")).join(" ") : done.join("");
}

function because(left: readonly Left[]): string {
  const [first] = left;
  const [one, several] = WHY[first?.code ?? ""] ?? [refusal(first), refusal(first)];
  const more = left.length - NAMED;
  const names = left.slice(0, NAMED).map((each) => short(each.patient));
  return `${many(left.length, one, several)}: ${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

const refusal = (left: Left | undefined) => `not done (${(left?.detail ?? "").replace(/\.$/, "")})`;

/** "Maria G.": enough to know whom among those who were just chosen. */
export function short(name: string): string {
  const [first = "", ...rest] = name.trim().split(/\s+/);
  const last = rest.at(-1);
  return last ? `${first} ${[...last][0]}.` : first;
}
