/** The last facts heard, so that a snapshot read a moment before them can be brought up to now. */

import type { StaffFact, StreamAt } from "../../../realtime/client/wire.gen.ts";

const KEPT = 500;

export type Recent = readonly { stream: string; fact: StaffFact }[];

export function remember(recent: Recent, stream: string, facts: readonly StaffFact[]): Recent {
  return [...recent, ...facts.map((fact) => ({ stream, fact }))].slice(-KEPT);
}

/** What this snapshot has not seen yet. */
export function since(recent: Recent, streams: readonly StreamAt[]): StaffFact[] {
  const read = new Map(streams.map((stream) => [stream.id, stream.at]));
  return recent.filter(({ stream, fact }) => fact.n > (read.get(stream) ?? 0)).map(({ fact }) => fact);
}
