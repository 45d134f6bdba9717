/** A list by what is in it, such as "Needs reply · Front desk · Refill". */

import { coworkers } from "../filters.ts";
import type { Where } from "../saved.ts";
import { filtersOf } from "../state/filters.ts";
import { teamOf } from "../store.ts";
import { filterWords } from "../words/filters.ts";
import { VIEW_NAMES } from "../words/views.ts";

export function listed({ team, view, ...rest }: Where): string {
  const inbox = team ? (teamOf(team)?.name ?? "A team that is no longer yours") : "All my teams";
  const fits = filterWords(filtersOf(rest), coworkers.value).map(({ words }) => words);
  return [VIEW_NAMES[view], inbox, ...fits].join(" · ");
}
