/** When the teams answer: asked for with the first conversation of a team, and again when it opens or closes. */

import { signal } from "@preact/signals";
import type { Hours, TeamHours } from "../../realtime/client/wire.gen.ts";
import * as actions from "./actions.ts";
import * as clock from "./clock.ts";
import * as reads from "./reads.ts";

const LONGEST_WAIT = 2 ** 31 - 1;

export const hours = signal<ReadonlyMap<string, TeamHours>>(new Map());
const asked = new Set<string>();
const changes = new Map<string, ReturnType<typeof setTimeout>>();

export function need(team: string): void {
  if (!asked.has(team)) void load(team);
}

/** The wire said that somebody changed them. */
export function changed(team: string): void {
  if (asked.has(team)) void load(team);
}

/** After the server could not say what happened in between. */
export function refresh(): void {
  for (const team of asked) void load(team);
}

export async function change(team: string, said: Hours): Promise<void> {
  keep(await actions.changeHours(team, said));
}

async function load(team: string): Promise<void> {
  asked.add(team);
  const found = await reads.hours(team).catch(() => null);
  if (found) keep(found);
  else asked.delete(team);
}

function keep(found: TeamHours): void {
  asked.add(found.team);
  hours.value = new Map(hours.value).set(found.team, found);
  clearTimeout(changes.get(found.team));
  const wait = found.now?.changes_at ? Date.parse(found.now.changes_at) - clock.serverNow() : LONGEST_WAIT;
  if (wait < LONGEST_WAIT)
    changes.set(
      found.team,
      setTimeout(() => void load(found.team), Math.max(wait, 0) + 1000),
    );
}
