/** Words that may be urgent: whoever reads the team's inbox hears of them, wherever they are. */

import type { MyTeam, StaffMessagePosted, StaffPaged } from "../../realtime/client/wire.gen.ts";
import { announce } from "./announce.ts";
import * as bell from "./bell.ts";
import * as clock from "./clock.ts";
import { hours } from "./hours.ts";
import * as reads from "./reads.ts";
import { me, place, teamOf, toast } from "./store.ts";
import * as strays from "./strays.ts";
import * as threads from "./threads.ts";
import { onCallNow } from "./words/on-call.ts";

const LASTS = 60_000;
const told = new Set<string>();

/** Tells of a message for which the urgent task was opened, once, and without a name; whether it did. */
export function heard({ row, messages }: Pick<StaffMessagePosted, "row" | "messages">): boolean {
  const numbers = new Set(messages.map((message) => message.number));
  const task = row.tasks.find(({ kind, number }) => kind === "urgent" && number !== null && numbers.has(number));
  const team = teamOf(row.team);
  return task !== undefined && team !== undefined && once(`${task.id} ${task.number}`, row.id, team);
}

/** The same where I am on call: my own Stream says so, before or after the team's says the words. */
export function paged({ team: id, conversation, task, number }: StaffPaged): void {
  const team = teamOf(id);
  if (team) once(`${task} ${number}`, conversation, team);
}

/** What came before this screen was here, and nobody has looked at: as if it came now. */
export function waiting(teams: readonly MyTeam[]): void {
  for (const team of teams) {
    for (const { conversation, task, number } of team.urgent ?? []) once(`${task} ${number}`, conversation, team);
    tellOfStrays(team, team.urgent_strays ?? []);
  }
}

function once(flag: string, conversation: string, team: MyTeam): boolean {
  if (told.has(flag)) return false;
  told.add(flag);
  const words = `${a(team)} message may be urgent in ${team.name}`;
  void bell.ring(words, true, "urgent");
  // Where it is open and looked at, what is to be done stands over it and is announced with it.
  const isHere = conversation === place.value.conversation && document.visibilityState === "visible";
  if (!isHere) tell(words, () => threads.open(conversation));
  return true;
}

/** "You are on call: a", where I am that for the team. */
function a({ id }: MyTeam): string {
  const called = onCallNow(hours.value.get(id)?.on_call ?? [], clock.serverNow());
  return called.some(({ user }) => user.id === me.value?.user.id) ? "You are on call: a" : "A";
}

/** Tells of a text of somebody unknown, once; nothing where a colleague has settled it since. */
export async function heardOfStrays(teamId: string): Promise<void> {
  const team = teamOf(teamId);
  if (!team) return;
  const found = await reads.strays(teamId).catch(() => null);
  // Where they could not be read it is told all the same.
  if (!found) sayOfStrays(team);
  else tellOfStrays(team, strays.urgentOnes(found));
}

function tellOfStrays(team: MyTeam, ids: readonly string[]): void {
  const news = ids.filter((id) => !told.has(id));
  for (const id of news) told.add(id);
  if (news.length > 0) sayOfStrays(team);
}

function sayOfStrays(team: MyTeam): void {
  const words = `${a(team)} text of an unknown sender may be urgent in ${team.name}`;
  void bell.ring(words, true, "urgent");
  tell(words, strays.show);
}

function tell(words: string, open: () => Promise<void>): void {
  announce(words);
  toast(words, { open: () => void open(), lasts: LASTS });
}
