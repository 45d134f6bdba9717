/** What a list leaves out of its view: as the server chooses rows (`server/queries/filters.py`), and in addresses. */

import type { LanguageName, Row, SendableName } from "../../../realtime/client/wire.gen.ts";

/** What is not there leaves nothing out. */
export interface Filters {
  /** Ids of a tag and of a colleague; "nobody": what is nobody's. */
  tag?: string;
  assignee?: string;
  language?: LanguageName;
  way?: SendableName;
  /** The patient has waited for an answer longer than so many minutes, by the clock on the wall. */
  waiting?: number;
}

export type Name = keyof Filters;

/** As the server sends them. */
type Sent = { [name in Name]?: Filters[name] | null | undefined };

const ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const FITS: Record<Name, string> = {
  tag: ID,
  assignee: `nobody|${ID}`,
  language: "en|es|ar",
  way: "sms|secure_sms|secure_email",
  waiting: "[1-9]\\d{0,3}|100[0-7]\\d|10080",
};
export const NAMES = Object.keys(FITS) as Name[];

export function filtersOf(sent: Sent): Filters {
  return Object.fromEntries(NAMES.filter((name) => sent[name]).map((name) => [name, sent[name]]));
}

/** In an address, in the order of `NAMES`; empty without any. Two that leave out the same are the same here. */
export const queryOf = (sent: Sent): string =>
  new URLSearchParams(filtersOf(sent) as unknown as Record<string, string>).toString();

const fits = (name: Name, value: string) => new RegExp(`^(${FITS[name]})$`).test(value);

/** What an address asks for, as far as there is such a thing. */
export function filtersIn(query: URLSearchParams): Filters {
  const found = NAMES.filter((name) => fits(name, query.get(name) ?? ""));
  return Object.fromEntries(
    found.map((name) => [name, name === "waiting" ? Number(query.get(name)) : query.get(name)]),
  );
}

/** Of which filters an address says something that there is not. */
export const strangeIn = (query: URLSearchParams): Name[] =>
  NAMES.filter((name) => query.has(name) && !fits(name, query.get(name) ?? ""));

/** `now` in milliseconds since 1970, as the server counts. */
export function passes(row: Row, { tag, assignee, language, way, waiting }: Filters, now: number): boolean {
  return (
    (!tag || row.tags.some(({ id }) => id === tag)) &&
    (!assignee || (row.assignee?.id ?? "nobody") === assignee) &&
    (!language || row.patient.language === language) &&
    (!way || row.way === way) &&
    (!waiting || (row.needs_reply_since !== null && now - Date.parse(row.needs_reply_since) > waiting * 60_000))
  );
}
