/** What the filters of a list are called. */

import type { Coworker } from "../../../realtime/client/wire.gen.ts";
import type { Filters, Name } from "../state/filters.ts";
import { inbox, me } from "../store.ts";
import { languageName } from "./languages.ts";
import { WAYS } from "./ways.ts";

/** "30 min", "2 h", "1 h 30 min", "1 day". */
export function longer(minutes: number): string {
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  const words = [days && `${days} ${days === 1 ? "day" : "days"}`, hours && `${hours} h`, rest && `${rest} min`];
  return words.filter(Boolean).join(" ");
}

/** Somebody who has left the clinic since is known by the rows at most. */
export function assigneeName(id: string, coworkers: readonly Coworker[]): string {
  if (id === "nobody") return "nobody";
  if (id === me.value?.user.id) return "you";
  const rows = [...(inbox.value?.rows.values() ?? [])];
  const found = coworkers.find((each) => each.id === id) ?? rows.find((row) => row.assignee?.id === id)?.assignee;
  return found?.name ?? "somebody who is not here any more";
}

/** Each that is on, in words that stand alone. */
export function filterWords(filters: Filters, coworkers: readonly Coworker[]): { name: Name; words: string }[] {
  const { tag, assignee, language, way, waiting } = filters;
  const tagName = me.value?.tags.find((each) => each.id === tag)?.name ?? "A retired tag";
  const all: [Name, string | undefined | false][] = [
    ["tag", tag && tagName],
    ["assignee", assignee && `Assigned to ${assigneeName(assignee, coworkers)}`],
    ["language", language && `Reads ${languageName(language)}`],
    ["way", way && WAYS[way].name],
    ["waiting", waiting ? `Waiting longer than ${longer(waiting)}` : undefined],
  ];
  return all.flatMap(([name, words]) => (words ? [{ name, words }] : []));
}
