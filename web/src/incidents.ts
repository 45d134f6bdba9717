/** Messages that went to the wrong person. Each raises `Refused`. */

import type { Incident, IncidentRecord, Incidents, Stopped } from "../../realtime/client/wire.gen.ts";
import { type Format, give } from "./exports.ts";
import { ask, askFile } from "./http.ts";

export interface Weighed {
  nature: string;
  recipient: string;
  viewed: string;
  mitigation: string;
  is_breach: boolean;
}

export const report = (message: string, account: string) =>
  ask<Stopped>("POST", `/messages/${message}/misdirected`, { account });

export const page = (before: string | null) =>
  ask<Incidents>("GET", `/incidents${before ? `?before=${encodeURIComponent(before)}` : ""}`);

export const one = (id: string) => ask<IncidentRecord>("GET", `/incidents/${id}`);

export const close = (id: string, weighed: Weighed) => ask<void>("POST", `/incidents/${id}/close`, weighed);

/** `prove_again` where the person signed in some time ago. */
export async function save(id: string, format: Format): Promise<void> {
  give(await askFile(`/incidents/${id}/export`, { format }));
}

/** "Taken back before anybody viewed it" */
export function standing({ taken_back, viewed_at }: Pick<Incident, "taken_back" | "viewed_at">): string {
  if (viewed_at) return "It had been viewed";
  return taken_back ? "Taken back before anybody viewed it" : "It left as a text and could not be taken back";
}
