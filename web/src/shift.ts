/** The end of a shift: who can go on with what is left, and giving it to them. */

import type { Colleague, Row } from "../../realtime/client/wire.gen.ts";
import * as actions from "./actions.ts";
import { takeRows } from "./answers.ts";
import type { Shift } from "./reads.ts";
import { me, members, toast } from "./store.ts";
import type { Left } from "./words/several.ts";
import * as work from "./work.ts";

const AT_ONCE = 100;

/** What is mine to give: my work, and what I promised while it is nobody's. */
export function givable({ rows, mine, promised }: Shift): Row[] {
  const ids = [...mine, ...promised];
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => found.get(id) ?? []).filter((row) => mine.includes(row.id) || !row.assignee);
}

const teamsOf = (rows: readonly Row[]) => [...new Set(rows.map((row) => row.team))];

export const needPeople = (rows: readonly Row[]) => Promise.all(teamsOf(rows).map(work.needMembers));

/** Whoever is in a team of one of them, by name. Of another team's conversations the server says that they are not. */
export function people(rows: readonly Row[]): Colleague[] {
  const all = teamsOf(rows).flatMap((team) => members.value.get(team) ?? []);
  const others = new Map(all.filter((each) => each.id !== me.value?.user.id).map((each) => [each.id, each]));
  return [...others.values()].sort((one, other) => one.name.localeCompare(other.name));
}

/** Whoever is in the team of each of them: the note of any of them may call on those. */
export function inAll(rows: readonly Row[]): Colleague[] {
  const teams = teamsOf(rows).map((team) => new Set(members.value.get(team)?.map((each) => each.id)));
  return people(rows).filter(({ id }) => teams.every((team) => team.has(id)));
}

/**
 * Gives all of them to a colleague, or to their teams (null), with one note; each on its own. Those that were refused.
 * After a lost answer the same key does it once. Raises `Refused`: nobody knows how far it came.
 */
export async function giveAll(rows: readonly Row[], to: Colleague | null, words: actions.NoteAsked): Promise<Left[]> {
  const left: Left[] = [];
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const some = rows.slice(at, at + AT_ONCE);
    const act = { do: "hand_over", to: to?.id ?? null, ...words } as const;
    const { outcomes } = await actions.actOnSeveral(
      some.map((row) => row.id),
      act,
    );
    takeRows(outcomes.flatMap(({ row }) => row ?? []));
    const names = new Map(some.map((row) => [row.id, row.patient.name]));
    left.push(
      ...outcomes.flatMap(({ id, refused }) => (refused ? [{ ...refused, patient: names.get(id) ?? "" }] : [])),
    );
  }
  if (left.length === 0) toast(`${rows.length} handed over to ${to?.name ?? "the team"}`);
  return left;
}
