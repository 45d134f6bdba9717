/** What is done with my views: kept, renamed, removed. */

import type { SavedView } from "../../realtime/client/wire.gen.ts";
import * as actions from "./actions.ts";
import * as mine from "./mine.ts";
import { all, type Where } from "./saved.ts";
import { filtersOf } from "./state/filters.ts";

const plain = (name: string) => name.normalize("NFC").split(/\s+/).filter(Boolean).join(" ").toLowerCase();

/** The one that has this name already: the server takes capitals and blanks for the same. */
export const named = (name: string): SavedView | undefined => all().find((each) => plain(each.name) === plain(name));

/** Each raises `Refused`: the dialog shows it beside what was done. */
export async function keep(name: string, { team, view, ...rest }: Where): Promise<void> {
  await actions.saveView({ name, team, view, ...filtersOf(rest) });
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
