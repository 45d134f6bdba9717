/** What the plan does not let go out, said before anything is written; and how long a trial still runs. */

import * as clock from "../clock.ts";
import * as plan from "../plan.ts";
import { dialog, me } from "../store.ts";
import { mayManage } from "../tags.ts";
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

const OF_NUMBERS: readonly (string | null)[] = ["no_number", "number_pending", "number_blocked", "number_released"];

export const isOfNumbers = (why: string | null) => OF_NUMBERS.includes(why);

/** The way on where a number of ours is what is missing, for who may go it. */
export function NumbersLink({ why }: { why: string | null }) {
  if (!isOfNumbers(why) || !mayManage()) return null;
  return (
    <button type="button" class="link" onClick={() => (dialog.value = { name: "our-numbers" })}>
      {why === "no_number" ? "Get a number" : "See our numbers"}
    </button>
  );
}

/** Until the first steps are done; how long the trial runs stands in the dialogs meanwhile. */
function StartChip() {
  return (
    <button type="button" class="chip warn" onClick={() => (dialog.value = { name: "our-numbers" })}>
      First steps
    </button>
  );
}

/** In the bar: what BloomText wrote and no admin has seen; and while it is a trial or nothing goes out. */
export function PlanChip() {
  const unread = me.value?.letters ?? 0;
  return (
    <>
      {unread > 0 && (
        <button type="button" class="chip" onClick={() => (dialog.value = { name: "letters" })}>
          {unread === 1 ? "1 letter from BloomText" : `${unread} letters from BloomText`}
        </button>
      )}
      <Plan />
    </>
  );
}

function Plan() {
  const clinic = me.value?.organization;
  if (clinic?.is_starting && me.value?.user.role === "admin") return <StartChip />;
  if (!clinic || clinic.plan === "paid") return null;
  const ends = plan.maySend(clinic, clock.now.value) ? clinic.plan_ends_at : null;
  return (
    <button type="button" class={`chip ${ends ? "" : "warn"}`} onClick={show}>
      {ends ? `Trial: ${left(ends, clock.now.value)}` : "Sending is off"}
    </button>
  );
}
