/** What is said while a way out of the house is in trouble. */

import type { WayOut } from "../../../realtime/client/wire.gen.ts";
import { clock, isSameDay, when } from "./time.ts";

const WHAT = { text: "Texts", email: "E-mails" } as const;

/** "Texts are waiting since 9:02 AM: the carrier does not answer. 14 of yours go out by themselves." Null while well. */
export function outage({ by, since, words, waiting }: WayOut, now: number): string | null {
  if (since === null) return null;
  const time = isSameDay(since, now) ? clock(since) : `${when(since, now)} ${clock(since)}`;
  const why = words ?? "the other side is in trouble";
  return `${WHAT[by]} are waiting since ${time}: ${why}. ${queue(waiting)}`;
}

function queue(waiting: number): string {
  if (waiting === 0) return "What you send goes out by itself when it is over.";
  return waiting === 1 ? "1 of yours goes out by itself." : `${waiting} of yours go out by themselves.`;
}
