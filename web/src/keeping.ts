/** How long the clinic keeps its conversations, for its admins. Each act raises `Refused`. */

import type { GoneConversations, Keeping } from "../../realtime/client/wire.gen.ts";
import { ask } from "./http.ts";

export const LEAST = 6;
export const MOST = 50;

export const rule = () => ask<Keeping>("GET", "/organization/retention");

/** Null: for ever. `prove_again` where a shorter time is chosen and the person signed in some time ago. */
export const setYears = (years: number | null) => ask<Keeping>("POST", "/organization/retention", { years });

export const gone = (before: string | null) =>
  ask<GoneConversations>("GET", `/organization/retention/gone${before ? `?before=${encodeURIComponent(before)}` : ""}`);
