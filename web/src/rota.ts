/** A team's plan of who is on call. */

import type { Rota, TeamRota } from "../../realtime/client/wire.gen.ts";
import * as hours from "./hours.ts";
import { ask } from "./http.ts";

export const plan = (team: string) => ask<TeamRota>("GET", `/teams/${team}/rota`);

export async function change(team: string, said: Rota): Promise<void> {
  await ask<TeamRota>("PUT", `/teams/${team}/rota`, said);
  hours.changed(team);
}
