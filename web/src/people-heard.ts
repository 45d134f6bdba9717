/** The wire said that the people of the clinic are others. */

import { signal } from "@preact/signals";
import type { StaffFact } from "../../realtime/client/wire.gen.ts";
import * as mine from "./mine.ts";
import { me } from "./store.ts";

/** How often: who shows them asks again. */
export const heard = signal(0);

/** Of another role, or with other teams, my own screens are other ones too. */
export function hear({ users, teams }: Extract<StaffFact, { kind: "people.changed" }>): void {
  heard.value += 1;
  if (teams || users.includes(me.value?.user.id ?? "")) void mine.refresh();
}
