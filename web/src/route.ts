/**
 * Which place an address of ours means: `/inbox/{team}/{conversation}?view=` with filters, or `?strays`,
 * or `/directory/{patient}?tab=&sort=&tag=`. Ids only, never a name.
 */

import type { SortName, View } from "../../realtime/client/wire.gen.ts";
import { base } from "./page.ts";
import { type Filters, filtersIn, queryOf } from "./state/filters.ts";
import { VIEWS } from "./state/views.ts";

export interface Place extends Filters {
  team: string;
  view: View;
  conversation: string | null;
  /** The list shows unknown senders instead of conversations. */
  strays: boolean;
}

/** A place in the directory. */
export interface DirectoryPlace {
  tab: "patients" | "coworkers";
  sort: SortName | "archived";
  /** Only patients who have the tag with this id. */
  tag?: string | null;
  /** The id of the entry that is open. */
  patient: string | null;
}

const SORTS = ["name", "archived"] as const;
const ID = /^[0-9a-f-]{36}$/;

export function placeOf(path: string, search: string): Place {
  const [section, ...rest] = path.slice(base.length).split("/").filter(Boolean);
  const [team, conversation] = section === "inbox" ? rest : [];
  const query = new URLSearchParams(search);
  const asked = query.get("view") as View | null;
  const view = asked && VIEWS.includes(asked) ? asked : "needs_reply";
  const place = { team: team ?? "all", view, conversation: conversation ?? null, strays: query.has("strays") };
  return { ...place, ...filtersIn(query) };
}

/** The inbox, and none in particular. */
export const isInboxes = (path: string): boolean => [base, `${base}/inbox`].includes(path.replace(/\/$/, ""));

export function addressOf({ team, view, conversation, strays, ...filters }: Place): string {
  const path = [`${base}/inbox`, team, ...(conversation ? [conversation] : [])].join("/");
  if (strays) return `${path}?strays`;
  const query = [view === "needs_reply" ? "" : `view=${view}`, queryOf(filters)].filter(Boolean).join("&");
  return query ? `${path}?${query}` : path;
}

/** Null: the address is none of the directory's. */
export function directoryOf(path: string, search: string): DirectoryPlace | null {
  const [section, patient = ""] = path.slice(base.length).split("/").filter(Boolean);
  if (section !== "directory") return null;
  const query = new URLSearchParams(search);
  const tag = query.get("tag") ?? "";
  return {
    tab: query.get("tab") === "coworkers" ? "coworkers" : "patients",
    sort: SORTS.find((each) => each === query.get("sort")) ?? "recent",
    patient: ID.test(patient) ? patient : null,
    ...(ID.test(tag) ? { tag } : {}),
  };
}

export function addressOfDirectory({ tab, sort, patient, tag }: DirectoryPlace): string {
  const path = `${base}/directory${patient ? `/${patient}` : ""}`;
  const order = sort === "recent" ? "" : `sort=${sort}`;
  const query = [tab === "coworkers" ? "tab=coworkers" : "", order, tag ? `tag=${tag}` : ""].filter(Boolean);
  return query.length > 0 ? `${path}?${query.join("&")}` : path;
}
