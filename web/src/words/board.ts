/** The board's numbers in words. */

import type { BoardTeam } from "../../../realtime/client/wire.gen.ts";
import { many } from "./counts.ts";
import { hour, worked } from "./time.ts";

/** "under 1 min", "6 min", "3 h": so many seconds. */
export function took(seconds: number): string {
  return seconds < 60 ? "under 1 min" : worked(seconds * 1_000);
}

/** "Half within 6 min, 9 of 10 within 28 min"; null where nothing was answered yet. */
export function answered(half: number | null, most: number | null): string | null {
  if (half === null || most === null) return null;
  return `Half within ${took(half)}, 9 of 10 within ${took(most)}`;
}

/** "12 came in today, most from 9 AM to 10 AM" */
export function cameSaid(came: readonly number[]): string {
  const all = came.reduce((sum, each) => sum + each, 0);
  if (all === 0) return "Nothing came in today";
  const busiest = came.indexOf(Math.max(...came));
  return `${many(all, "message")} came in today, most from ${hour(busiest)} to ${hour((busiest + 1) % 24)}`;
}

/** "November 28, 2026": paper is read on other days. */
export function onPaper(day: string): string {
  return new Date(`${day}T12:00:00Z`).toLocaleDateString("en-US", { dateStyle: "long", timeZone: "UTC" });
}

/** "Dana, Sam and 2 more": first names, for there is little room. */
export function onSaid(on: BoardTeam["on"]): string {
  if (on.length === 0) return "Nobody";
  const named = on.slice(0, 3).map(({ name }) => name.split(" ")[0]);
  return on.length > 3 ? `${named.slice(0, 2).join(", ")} and ${on.length - 2} more` : named.join(", ");
}
