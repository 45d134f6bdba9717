/** When the teams answer: asked for all of mine at once, and again when one of them opens or closes, or a day passed. */

import { signal } from "@preact/signals";
import type { Hours, TeamHours } from "../../realtime/client/wire.gen.ts";
import * as actions from "./actions.ts";
import * as clock from "./clock.ts";
import * as reads from "./reads.ts";
import { covered } from "./store.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** The server tells openings for two weeks from when it is asked. */
const LONGEST = 24 * 60 * MINUTE;

export const hours = signal<ReadonlyMap<string, TeamHours>>(new Map());
let timer: ReturnType<typeof setTimeout> | undefined;

export function need(team: string): void {
  if (!hours.value.has(team)) void load(team);
}

/** The wire said that somebody changed them. */
export function changed(team: string): void {
  void load(team);
}

/** All of them: at the beginning, and after the server could not say what happened in between. */
export async function refresh(): Promise<void> {
  const found = await reads.teams().catch(() => null);
  if (found) keep(found);
  // Behind the lock nobody looks, and who opens it asks again.
  else if (!covered.value) again(MINUTE);
}

export async function change(team: string, said: Hours): Promise<void> {
  keep([await actions.changeHours(team, said)]);
}

async function load(team: string): Promise<void> {
  const found = await reads.hours(team).catch(() => null);
  if (found) keep([found]);
}

function keep(found: readonly TeamHours[]): void {
  hours.value = new Map([...hours.value, ...found.map((each) => [each.team, each] as const)]);
  const changes = [...hours.value.values()].flatMap((each) =>
    [each.now?.changes_at, each.on_call_changes_at].flatMap((at) => (at ? [Date.parse(at)] : [])),
  );
  const wait = Math.min(...changes, clock.serverNow() + LONGEST) - clock.serverNow();
  // Not every screen of the clinic in the same moment.
  again(Math.max(wait, 0) + SECOND * (1 + 3 * Math.random()));
}

function again(wait: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => void refresh(), wait);
}
