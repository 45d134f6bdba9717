/** What stands beside the audit's lines. Their sentences are the server's. */

import type { ActSort, AuditLine, Seer } from "../../../realtime/client/wire.gen.ts";

export const SORTS: Record<ActSort, string> = {
  looked: "Looking",
  took_out: "Taking out",
  wrote: "Conversations",
  sent: "Sending",
  changed: "Patients’ records",
  portal: "Patients’ pages",
  signed_in: "Signing in",
  set_up: "Settings",
};

const KINDS: Record<string, string> = { patient: "the patient’s side", proxy: "acts for the patient" };

/** Whom the staff do not know as one of theirs. */
export const besideName = (kind: string): string | null => KINDS[kind] ?? null;

/** "refused", or nothing where it came to its end. */
export function outcome({ outcome: how }: AuditLine): string | null {
  return how === "done" ? null : how.replaceAll("_", " ");
}

export const times = (n: number): string => (n === 1 ? "once" : n === 2 ? "twice" : `${n} times`);

/** "opened the patient’s entry 3 times, read the conversation" */
export function ways(seer: Seer): string {
  return seer.ways.map((way) => (way.times === 1 ? way.words : `${way.words} ${times(way.times)}`)).join(", ");
}
