/** How the ways out of the house do: told by the wire, said once when one stops and once when it is over. */

import type { WayOut } from "../../realtime/client/wire.gen.ts";
import { announce } from "./announce.ts";
import { serverNow } from "./clock.ts";
import * as reads from "./reads.ts";
import { sending } from "./store.ts";
import { outage } from "./words/outages.ts";

const LOOK_AGAIN = 30_000;

/** Takes what is known now and speaks of what is new. */
export function take(now: readonly WayOut[]): void {
  const before = new Map(sending.value.map((way) => [way.by, way.since]));
  sending.value = now;
  for (const way of now) {
    if (way.since !== null && !before.get(way.by)) announce(outage(way, serverNow()) ?? "");
    if (way.since === null && before.get(way.by)) announce(`${way.by === "text" ? "Texts" : "E-mails"} go out again`);
  }
}

export async function refresh(): Promise<void> {
  const now = await reads.sending().catch(() => null);
  if (now) take(now);
}

/** While something waits, its number changes without a word on the wire. */
export function watch(): void {
  setInterval(() => {
    if (sending.value.some((way) => way.since !== null) && document.visibilityState === "visible") void refresh();
  }, LOOK_AGAIN);
}
