/** Fetching the staff list and keeping it: what is asked when, and which answer still counts. */

import { batch } from "@preact/signals";
import type { Inbox, View } from "../../realtime/client/wire.gen.ts";
import { serverSaid } from "./clock.ts";
import { directory } from "./directory-place.ts";
import { Refused } from "./http.ts";
import * as reads from "./reads.ts";
import { addressOf, isInboxes, type Place } from "./route.ts";
import { filtersOf } from "./state/filters.ts";
import * as state from "./state/inbox.ts";
import { since } from "./state/recent.ts";
import { VIEWS } from "./state/views.ts";
import { cursor, held, inbox, listLoading, listRefused, me, place, scopeOf, teamOf } from "./store.ts";
import { rebase, recent } from "./wire.ts";

let asked: AbortController | null = null;

/** Goes there, out of the directory too; what only replaces a place of the inbox waits until somebody comes back. */
export function goTo(next: Place, how: "push" | "replace" = "push"): void {
  place.value = next;
  if (directory.value && how === "replace") return;
  directory.value = null;
  const address = addressOf(next);
  if (how === "push" && address !== location.pathname + location.search) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

/** Shows another list; the old one stays, dimmed, until the new one is here. */
export async function show(team: string, view: View): Promise<void> {
  goTo({ ...place.value, team, view, strays: false });
  remember(place.value);
  cursor.value = null;
  await load();
}

/** Where this person was last at this computer: ids of a person and a team, and the name of a list. */
const KEPT = "bt-inbox";

function remember({ team, view }: Place): void {
  if (me.value) localStorage.setItem(KEPT, [me.value.user.id, team, view].join(" "));
}

/** Whoever asks for the inbox and for none in particular is where they were before, if that is still theirs. */
export function comeBack(): void {
  if (!isInboxes(location.pathname) || location.search !== "") return;
  const [user, team = "", view] = localStorage.getItem(KEPT)?.split(" ") ?? [];
  const known = VIEWS.find((each) => each === view);
  if (!me.value || user !== me.value.user.id || !known || !(team === "all" || teamOf(team))) return;
  goTo({ ...place.value, team, view: known }, "replace");
}

/** The same list without its filters. */
export async function unfilter(): Promise<void> {
  const { team, view, conversation, strays } = place.value;
  goTo({ team, view, conversation, strays });
  await load();
}

function take(page: Inbox, missed: boolean): void {
  serverSaid(page.now);
  rebase(page.streams);
  const known = missed ? null : inbox.value;
  const fresh = state.fromSnapshot(page, scopeOf(page.team), known, held.value, me.value?.user.id);
  inbox.value = state.apply(fresh, since(recent(), page.streams), held.value);
}

const asking = () => ({ team: place.value.team, view: place.value.view, filters: filtersOf(place.value) });

/**
 * The first page of the chosen list. A later choice overtakes an earlier answer. With `missed` facts, nothing that is
 * known here counts any more.
 */
export async function load(missed = false): Promise<void> {
  asked?.abort();
  const mine = new AbortController();
  asked = mine;
  listLoading.value = "loading";
  try {
    const page = await reads.inbox(asking(), {}, mine.signal);
    if (asked !== mine) return;
    batch(() => {
      take(page, missed);
      listLoading.value = "ready";
    });
  } catch (error) {
    if (asked === mine) failed(error);
  }
}

export function failed(error: unknown): void {
  listRefused.value = error instanceof Refused ? error : null;
  listLoading.value = "failed";
}

let following: string | null = null;

/** The next page; one at a time, however often it is asked for. */
export async function more(): Promise<void> {
  const list = inbox.value;
  if (!list?.next || following === list.next || listLoading.value === "loading") return;
  following = list.next;
  const page = await reads.inbox(list, { after: list.next }).catch(() => null);
  following = null;
  if (page && inbox.value?.next === list.next) inbox.value = state.withPage(inbox.value, page, held.value);
}

let counting = false;

/** The wire tells of rows, not of counts: where a row's former state is not known here, the server counts again. */
export function recountSoon(): void {
  if (counting) return;
  counting = true;
  setTimeout(async () => {
    const list = inbox.value;
    const page = list && (await reads.inbox(list).catch(() => null));
    counting = false;
    if (page && inbox.value?.team === page.team) inbox.value = state.withCounts(inbox.value, page, held.value);
  }, 1_000);
}

/** The pointer or the focus came or left: held rows go to their places when both are out. */
export function hold(is: boolean): void {
  held.value = is;
  if (!is) settle();
}

export function settle(): void {
  if (inbox.value) inbox.value = state.settle(inbox.value);
}
