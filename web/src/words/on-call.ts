/** Who is called when words may be urgent, in words. */

import type { OnCall } from "../../../realtime/client/wire.gen.ts";
import { upcoming } from "./time.ts";

/** Those whose time is not over. */
export function onCallNow(all: readonly OnCall[], now: number): readonly OnCall[] {
  return all.filter(({ until }) => Date.parse(until) > now);
}

/** "On call: Dana Reyes until 8:00 AM." or that nobody is. */
export function onCallSaid(all: readonly OnCall[], now: number): string {
  const named = onCallNow(all, now).map(({ user, until }) => `${user.name} until ${upcoming(Date.parse(until), now)}`);
  return named.length > 0 ? `On call: ${named.join(", ")}.` : "Nobody is on call for this team.";
}
