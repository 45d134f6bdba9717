/** Who may open a sensitive conversation. */

import type { Guarded, Row } from "../../realtime/client/wire.gen.ts";
import { ask } from "./http.ts";

export const show = (conversation: string) => ask<Guarded>("GET", `/conversations/${conversation}/guard`);
export const guard = (conversation: string, named: readonly string[]) =>
  ask<Row>("POST", `/conversations/${conversation}/guard`, { named });
export const unguard = (conversation: string) => ask<Row>("POST", `/conversations/${conversation}/unguard`, {});
