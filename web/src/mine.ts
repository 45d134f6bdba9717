/** What the server says about me: my teams with their counts, my clinic, the limits. */

import type { Me } from "../../realtime/client/wire.gen.ts";
import { useCsrf } from "./http.ts";
import * as outages from "./outages.ts";
import * as reads from "./reads.ts";
import { me } from "./store.ts";
import { useZone } from "./words/time.ts";

export function adopt(mine: Me): void {
  useCsrf(mine.csrf, mine.user.id);
  useZone(mine.organization.zone);
  me.value = mine;
  outages.take(mine.sending);
}

/** The teams' counts are no facts of the wire; they are asked for when somebody looks at them. */
export async function refresh(): Promise<void> {
  const mine = await reads.me().catch(() => null);
  if (mine) adopt(mine);
}
