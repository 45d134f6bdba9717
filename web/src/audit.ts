/** What the audit of the clinic answers to its admins. Each raises `Refused`. */

import type { ActSort, AuditPage, Seers } from "../../realtime/client/wire.gen.ts";
import { give } from "./exports.ts";
import { ask, askFile } from "./http.ts";
import { instantOf } from "./words/zones.ts";

/** What is asked; an empty text narrows nothing. `from` and `to` are days of the clinic's calendar, both of them in it. */
export interface Question {
  patient?: string;
  person: string;
  sort: ActSort | "";
  failed: boolean;
  source: string;
  from: string;
  to: string;
}

export const ANYTHING: Question = { person: "", sort: "", failed: false, source: "", from: "", to: "" };

export function lines(asked: Question, zone: string, before: string | null): Promise<AuditPage> {
  const { from, to, failed, ...rest } = asked;
  const query = new URLSearchParams({ ...rest, ...timeOf(from, to, zone), ...(failed ? { failed: "true" } : {}) });
  for (const [name, value] of [...query]) if (!value) query.delete(name);
  if (before) query.set("before", before);
  return ask("GET", `/audit?${query}`);
}

export const seers = (patient: string) => ask<Seers>("GET", `/patients/${patient}/seen-by`);

export type Format = "csv" | "ndjson";

/** `prove_again` where the person signed in some time ago. */
export async function save(format: Format, from: string, to: string, zone: string): Promise<void> {
  give(await askFile("/audit/export", { format, ...timeOf(from, to, zone) }));
}

/** From midnight to the midnight after the last day. */
function timeOf(from: string, to: string, zone: string): { since?: string; until?: string } {
  const at = (day: string) => new Date(instantOf(day, "00:00", zone)).toISOString();
  return { ...(from ? { since: at(from) } : {}), ...(to ? { until: at(dayAfter(to)) } : {}) };
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
