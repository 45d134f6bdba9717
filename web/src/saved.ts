/** Lists that I come back to, under names of my own. */

import type { SavedView } from "../../realtime/client/wire.gen.ts";
import { announce } from "./announce.ts";
import * as lists from "./lists.ts";
import type { Place } from "./route.ts";
import { filtersOf, queryOf } from "./state/filters.ts";
import { cursor, me, place, teamOf } from "./store.ts";

/** Where a list is: what its address says, without the conversation. */
export type Where = Omit<SavedView, "id" | "name">;

export const all = (): readonly SavedView[] => me.value?.saved_views ?? [];

/** Of a team that is no longer mine there is nothing to show; it is back with the team. */
export const canShow = ({ team }: Where): boolean => team === null || teamOf(team) !== undefined;

/** Those that the rail shows; the first nine have the keys 1 to 9. */
export const shown = (): readonly SavedView[] => all().filter(canShow);

export const whereOf = ({ team, view, ...rest }: Place): Where => ({
  team: team === "all" ? null : team,
  view,
  ...filtersOf(rest),
});

export function isHere(saved: SavedView): boolean {
  const { team, view } = whereOf(place.value);
  const isSame = saved.team === team && saved.view === view && queryOf(saved) === queryOf(place.value);
  return !place.value.strays && isSame;
}

export async function show({ name, team, view, ...rest }: SavedView): Promise<void> {
  const { conversation } = place.value;
  lists.goTo({ team: team ?? "all", view, conversation, strays: false, ...filtersOf(rest) });
  cursor.value = null;
  announce(name);
  await lists.load();
}

/** The one with this key, if there is one. */
export function showByKey(pressed: string): void {
  const saved = shown()[Number(pressed) - 1];
  if (saved) void show(saved);
}
