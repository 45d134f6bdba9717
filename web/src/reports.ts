/** What the reports of the clinic answer to who supervises. Each raises `Refused`. */

import type { Report, ReportName } from "../../realtime/client/wire.gen.ts";
import { give } from "./exports.ts";
import { ask, askFile } from "./http.ts";

/** What is asked. `first` and `last` are days of the clinic's calendar, both of them in it; an empty team is all. */
export interface Asked {
  name: ReportName;
  first: string;
  last: string;
  team: string;
}

export function read(asked: Asked, signal: AbortSignal): Promise<Report> {
  return ask("GET", `/reports?${new URLSearchParams(said(asked))}`, undefined, signal);
}

export async function save(asked: Asked): Promise<void> {
  give(await askFile("/reports/export", said(asked)));
}

function said({ team, ...rest }: Asked): Record<string, string> {
  return { ...rest, ...(team ? { team } : {}) };
}
