/** What the clinic's plan lets it do. Each act raises `Refused`. */

import type { ClinicPlan, Me } from "../../realtime/client/wire.gen.ts";
import * as clock from "./clock.ts";
import { ask } from "./http.ts";
import { me } from "./store.ts";

type Plan = Pick<Me["organization"], "plan" | "plan_ends_at">;

export interface Wish {
  wants: "trial" | "paid";
  body: string;
  area_code: string | null;
}

export const shown = () => ask<ClinicPlan>("GET", "/organization/plan");
export const wish = (asked: Wish) => ask<ClinicPlan>("POST", "/organization/plan/wish", { ...asked });

/** The server's rule (`queries/ways.may_send`), so that nobody writes in vain. */
export function maySend({ plan, plan_ends_at }: Plan, now: number): boolean {
  return plan === "paid" || (plan === "trial" && plan_ends_at !== null && Date.parse(plan_ends_at) > now);
}

/** False too while nothing is known of the clinic. */
export const isOff = () => me.value !== null && !maySend(me.value.organization, clock.now.value);
