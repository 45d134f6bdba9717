/** One of our own numbers, for staff: by what the clinic calls it, where it has a name. */

import type { MyTeam } from "../../../realtime/client/wire.gen.ts";
import { phone } from "./phone.ts";

export function numberOf(team: MyTeam | undefined, number: string): string {
  const label = team?.labels?.[number];
  return label ? `${label} · ${phone(number)}` : phone(number);
}
