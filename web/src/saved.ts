/** Lists that I come back to, under names of my own. */

import type { SavedView } from "../../realtime/client/wire.gen.ts";
import * as actions from "./actions.ts";
import { announce } from "./announce.ts";
import * as lists from "./lists.ts";
import * as mine from "./mine.ts";
import type { Place } from "./route.ts";
import { cursor, me, place, teamOf } from "./store.ts";

/** Where a list is: what its address says, without the conversation. */
export type Where = Pick<SavedView, "team" | "view" | "tag">;

export const all = (): readonly SavedView[] => me.value?.saved_views ?? [];

/** Of a team that is no longer mine there is nothing to show; it is back with the team. */
export const canShow = ({ team }: Where): boolean => team === null || teamOf(team) !== undefined;

/** Those that the rail shows; the first nine have the keys 1 to 9. */
export const shown = (): readonly SavedView[] => all().filter(canShow);

export const whereOf = ({ team, view, tag }: Place): Where => ({
  team: team === "all" ? null : team,
  view,
  tag: tag ?? null,
});

export function isHere(saved: SavedView): boolean {
  const { team, view, tag } = whereOf(place.value);
  return !place.value.strays && saved.team === team && saved.view === view && saved.tag === tag;
}

export async function show({ name, team, view, tag }: SavedView): Promise<void> {
  const { tag: _, ...rest } = place.value;
  lists.goTo({ ...rest, team: team ?? "all", view, strays: false, ...(tag ? { tag } : {}) });
  cursor.value = null;
  announce(name);
  await lists.load();
}

/** The one with this key, if there is one. */
export function showByKey(pressed: string): void {
  const saved = shown()[Number(pressed) - 1];
  if (saved) void show(saved);
}

const plain = (name: string) => name.normalize("NFC").split(/\s+/).filter(Boolean).join(" ").toLowerCase();

/** The one that has this name already: the server takes capitals and blanks for the same. */
export const named = (name: string): SavedView | undefined => all().find((each) => plain(each.name) === plain(name));

/** Each raises `Refused`: the dialog shows it beside what was done. */
export async function keep(name: string, { team, view, tag }: Where): Promise<void> {
  await actions.saveView({ name, team, view, tag });
  await mine.refresh();
}

export async function rename(saved: SavedView, name: string): Promise<void> {
  await actions.renameView(saved.id, name);
  await mine.refresh();
}

export async function remove(saved: SavedView): Promise<void> {
  await actions.removeView(saved.id);
  await mine.refresh();
}
