/** What the plan does not let go out, said before anything is written; and how long a trial still runs. */

import * as clock from "../clock.ts";
import * as plan from "../plan.ts";
import { dialog, me } from "../store.ts";
import { left } from "../words/plans.ts";
import { Icon } from "./icon.tsx";

const show = () => {
  dialog.value = { name: "plan" };
};

export function NoPlan() {
  return (
    <p class="hint bad" role="status">
      <Icon name="alert" size={14} />
      <span>
        Nothing can be sent: your clinic has no plan that is running.{" "}
        <button type="button" class="link" onClick={show}>
          See the plan
        </button>
      </span>
    </p>
  );
}

/** In the bar, while it is a trial or nothing goes out. */
export function PlanChip() {
  const clinic = me.value?.organization;
  if (!clinic || clinic.plan === "paid") return null;
  const ends = plan.maySend(clinic, clock.now.value) ? clinic.plan_ends_at : null;
  return (
    <button type="button" class={`chip ${ends ? "" : "warn"}`} onClick={show}>
      {ends ? `Trial: ${left(ends, clock.now.value)}` : "Sending is off"}
    </button>
  );
}
