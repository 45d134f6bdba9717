/** Arithmetic of openings: the server says from when to when a team is open, so zones and holidays end there. */

import type { Opening } from "../../../realtime/client/wire.gen.ts";

type Openings = readonly Opening[];
const spanOf = ({ opens, closes }: Opening) => [Date.parse(opens), Date.parse(closes)] as const;

/** How much of the time between two moments the team was open, in milliseconds. */
export function openTime(openings: Openings, from: number, to: number): number {
  return openings.map(spanOf).reduce((sum, [opens, closes]) => {
    return sum + Math.max(0, Math.min(closes, to) - Math.max(opens, from));
  }, 0);
}

/** When so much open time will have passed; null where that is further ahead than the openings are known. */
export function momentAfter(openings: Openings, from: number, wanted: number): number | null {
  let left = wanted;
  for (const [opens, closes] of openings.map(spanOf)) {
    const begins = Math.max(opens, from);
    if (begins + left <= closes) return begins + left;
    left -= Math.max(0, closes - begins);
  }
  return null;
}

/** When the team opens next; null while it is open, or if it does not open as far as is known. */
export function opensAt(openings: Openings, now: number): number | null {
  const next = openings.map(spanOf).find(([, closes]) => closes > now);
  return next && next[0] > now ? next[0] : null;
}
