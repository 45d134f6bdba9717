/** That what takes a while came further, an import or a broadcast: for the bar over everything. */

import { type Signal, signal } from "@preact/signals";
import { seldom } from "./seldom.ts";

/** How often something was heard of any; once a second at the most. */
export const imports = signal(0);
export const broadcasts = signal(0);

const one = (count: Signal<number>) => seldom(() => (count.value += 1));
export const hearOfImport = one(imports);
export const hearOfBroadcast = one(broadcasts);

/** What happened meanwhile may not have been heard; nobody asks for what there never was. */
export function askAgain(): void {
  if (imports.value > 0) hearOfImport();
  if (broadcasts.value > 0) hearOfBroadcast();
}
