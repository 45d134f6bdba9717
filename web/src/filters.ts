/** What the list leaves out: put on and taken off, and followed as time passes. */

import { effect, signal, untracked } from "@preact/signals";
import type { Coworker } from "../../realtime/client/wire.gen.ts";
import * as clock from "./clock.ts";
import { directory } from "./directory-place.ts";
import * as lists from "./lists.ts";
import * as reads from "./reads.ts";
import { type Filters, filtersOf, queryOf, strangeIn } from "./state/filters.ts";
import type { InboxState } from "./state/inbox.ts";
import * as turns from "./state/turns.ts";
import { held, inbox, isCurrent, place, scopeOf, teamOf, toast } from "./store.ts";

/** Shows only what fits these; the others stay as they are. With null that one leaves nothing out any more. */
export async function change(filters: { [name in keyof Filters]?: Filters[name] | null }): Promise<void> {
  const { team, view, conversation } = place.value;
  const chosen = filtersOf({ ...filtersOf(place.value), ...filters });
  lists.goTo({ team, view, conversation, strays: false, ...chosen });
  await lists.load();
}

/** Everybody else of the clinic, once they were asked for: people come and go. */
export const coworkers = signal<readonly Coworker[]>([]);

export async function needCoworkers(): Promise<void> {
  const found = await reads.coworkers().catch(() => null);
  if (found) coworkers.value = found;
}

/** Those of the teams that this list is of. */
export function inScope(): readonly Coworker[] {
  const teams = new Set([...scopeOf(place.value.team)].map((id) => teamOf(id)?.name));
  return coworkers.value.filter((each) => each.teams.some((name) => teams.has(name)));
}

let asking = false;

/** What has waited long enough comes in: from what is known here, and once the server said so, from there. */
export function follow(now: number): void {
  const list = inbox.value;
  if (!list?.filters.waiting) return;
  inbox.value = turns.atTime(list, now, held.value);
  if (list.turnsAt !== null && list.turnsAt < now && isCurrent.value) void askTurned(list);
}

async function askTurned(list: InboxState): Promise<void> {
  if (asking) return;
  asking = true;
  const turned = new Date(list.turnsAt ?? 0).toISOString();
  const page = await reads.inbox(list, { turned }).catch(() => null);
  asking = false;
  const now = inbox.value;
  const isSame = page && now?.team === page.team && now.view === page.view && queryOf(now.filters) === queryOf(page);
  if (!isSame) return;
  // So many at once is a list of its own: this screen slept.
  if (page.next) await lists.load();
  else inbox.value = turns.withTurned(now, page, held.value);
}

/** The list stands without what its address asked for and there is not; so does the address then. */
export function sayStrange(): void {
  const names = directory.value ? [] : strangeIn(new URLSearchParams(location.search));
  if (names.length === 0) return;
  toast(`The address asked for a filter that there is not (${names.join(", ")}). The list is shown without it.`);
  lists.goTo(place.value, "replace");
}

sayStrange();
effect(() => {
  const now = clock.now.value;
  untracked(() => follow(now));
});
