/** Groups of patients: the clinic's, who is in them, and those that one patient is in. */

import { signal } from "@preact/signals";
import type { Group, GroupPage, GroupRef } from "../../realtime/client/wire.gen.ts";
import { ask } from "./http.ts";
import { me } from "./store.ts";
import { mayManage } from "./tags.ts";

/** Null until somebody has looked. */
export const groups = signal<readonly Group[] | null>(null);
/** How often the wire said that groups changed: who shows one asks again. */
export const heard = signal(0);

/** Whoever writes to patients, or manages, says who is in a group. */
export const mayFill = (): boolean => mayManage() || (me.value?.teams.some((team) => team.is_member) ?? false);

/** Whether it could be asked. */
export async function load(): Promise<boolean> {
  const found = await ask<{ groups: Group[] }>("GET", "/groups").catch(() => null);
  if (found) groups.value = found.groups;
  return found !== null;
}

/** The wire said so, or could not say what happened in between. */
export function changed(): void {
  if (groups.value) void load();
  heard.value += 1;
}

export async function ofPatient(patient: string): Promise<readonly GroupRef[]> {
  return (await ask<{ groups: GroupRef[] }>("GET", `/patients/${patient}/groups`)).groups;
}

export const page = (group: string, after: string | null) =>
  ask<GroupPage>("GET", `/groups/${group}/members${after ? `?after=${after}` : ""}`);

/** Each act raises `Refused`: whoever asks shows it beside what was done. */
export async function create(name: string): Promise<Group> {
  const made = await ask<Group>("POST", "/groups", { name });
  await load();
  return made;
}

export const rename = (group: string, name: string) => take(ask<Group>("PATCH", `/groups/${group}`, { name }));

export async function remove(group: string): Promise<void> {
  await ask<void>("DELETE", `/groups/${group}`);
  await load();
}

export const restore = (group: string) => take(ask<Group>("POST", `/groups/${group}/restore`, {}));

export const putIn = (group: string, patient: string) =>
  take(ask<Group>("POST", `/groups/${group}/members`, { patients: [patient] }));

export const takeOut = (group: string, patient: string) =>
  take(ask<Group>("POST", `/groups/${group}/members/remove`, { patients: [patient] }));

async function take(asked: Promise<Group>): Promise<void> {
  await asked;
  await load();
}
