/** Who is called when words may be urgent, in words. */

import type { OnCall } from "../../../realtime/client/wire.gen.ts";
import { upcoming } from "./time.ts";

/** Those whose time is not over. */
export function onCallNow(all: readonly OnCall[], now: number): readonly OnCall[] {
  return all.filter(({ until }) => Date.parse(until) > now);
}

/** "On call: Dana Reyes until 8:00 AM." or that nobody is. */
export function onCallSaid(all: readonly OnCall[], now: number): string {
  const found = onCallNow(all, now);
  const named = found.map(({ user, until }) => `${user.name} until ${upcoming(Date.parse(until), now)}`);
  const how = found.some((each) => each.by_plan) ? ", by the plan" : "";
  return named.length > 0 ? `On call: ${named.join(", ")}${how}.` : "Nobody is on call for this team.";
}
