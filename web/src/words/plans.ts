/** A clinic's plan in words. */

import type { ClinicPlan } from "../../../realtime/client/wire.gen.ts";
import { maySend } from "../plan.ts";
import { many } from "./counts.ts";
import { sentence } from "./time.ts";

type Name = ClinicPlan["plan"];

const DAY = 86_400_000;
const NAMES: Record<Name, string> = { none: "no plan", trial: "trial", paid: "paid plan", suspended: "suspended plan" };

export const planName = (plan: Name): string => NAMES[plan];

/** "5 days left", "3 hours left": rounded down, so that nobody counts on more. */
export function left(endsAt: string, now: number): string {
  const rest = Math.max(0, Date.parse(endsAt) - now);
  if (rest >= DAY) return `${many(Math.floor(rest / DAY), "day")} left`;
  if (rest >= DAY / 24) return `${many(Math.floor((rest * 24) / DAY), "hour")} left`;
  return rest > 0 ? "less than an hour left" : "over";
}

/** Where the clinic stands. */
export function standing(plan: Pick<ClinicPlan, "plan" | "ends_at">, now: number): string {
  const { plan: name, ends_at } = plan;
  if (name === "paid") return "Your clinic has a paid plan.";
  if (name === "suspended") return "Your clinic’s plan is suspended. Nothing goes out until it goes on.";
  if (name === "none" || !ends_at) return "Your clinic has no plan. Nothing goes out yet.";
  const at = sentence(ends_at, now);
  return maySend({ plan: name, plan_ends_at: ends_at }, now)
    ? `Your clinic is trying BloomText, with ${left(ends_at, now)}. The trial ends ${at}.`
    : `Your clinic’s trial ended ${at}. Nothing was deleted, and nothing goes out.`;
}
