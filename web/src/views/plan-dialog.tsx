/** What the clinic's plan allows, since when, and asking the operator for more. */

import { useEffect, useState } from "preact/hooks";
import type { ClinicPlan } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import { Refused } from "../http.ts";
import * as plan from "../plan.ts";
import { me } from "../store.ts";
import { planName, standing } from "../words/plans.ts";
import { inWords } from "../words/refusals.ts";
import { sentence } from "../words/time.ts";
import { Closing } from "./closing.tsx";
import { Icon } from "./icon.tsx";
import { Modal } from "./modal.tsx";

const ALWAYS = [
  "Texts and replies of patients arrive, and their STOP counts at once",
  "Everything that was written can be read, searched and saved",
  "Your numbers, patients and settings stay",
];
const WITH_PLAN = [
  "Texts, secure messages and their notices go out",
  "Broadcasts, reminders and answers by themselves",
];

export function PlanDialog({ onClose }: { onClose: () => void }) {
  const [known, setKnown] = useState<ClinicPlan | null>(null);
  const [failed, setFailed] = useState(false);
  const standsAt = `${me.value?.organization.plan} ${me.value?.organization.plan_ends_at}`;
  // Again when the wire said that it changed: then `me` is other than before.
  useEffect(() => {
    plan.shown().then(setKnown, () => setFailed(true));
  }, [standsAt]);
  return (
    <Modal title="Your clinic’s plan" onClose={onClose}>
      {failed && <p role="alert">This did not load. Close it and try again.</p>}
      {known && <Plan known={known} onKnown={setKnown} onClose={onClose} />}
    </Modal>
  );
}

interface PlanProps {
  known: ClinicPlan;
  onKnown: (plan: ClinicPlan) => void;
  onClose: () => void;
}

function Plan({ known, onKnown, onClose }: PlanProps) {
  const now = clock.now.value;
  const canAsk = known.plan === "none" || known.plan === "trial";
  return (
    <>
      <p role="status">
        <strong>{standing(known, now)}</strong>
      </p>
      <h3>Always</h3>
      <Works of={ALWAYS} />
      <h3>In a trial and with a paid plan</h3>
      <Works of={WITH_PLAN} isOff={!known.may_send} />
      <Prices known={known} />
      <Steps known={known} />
      {known.wish ? (
        <Waits wish={known.wish} />
      ) : (
        canAsk && <Asking hadTrial={known.had_trial} onKnown={onKnown} onClose={onClose} />
      )}
    </>
  );
}

function Works({ of, isOff = false }: { of: readonly string[]; isOff?: boolean }) {
  return (
    <ul class="works">
      {of.map((each) => (
        <li key={each} class={isOff ? "muted" : ""}>
          <Icon name={isOff ? "close" : "check"} size={14} /> {each}
          {isOff && <span class="hidden"> (not now)</span>}
        </li>
      ))}
    </ul>
  );
}

function Prices({ known }: { known: ClinicPlan }) {
  return (
    <>
      <h3>What it costs</h3>
      <ul>
        <li>A trial costs nothing, and ends by itself.</li>
        <li>A paid plan: {known.plan_price ?? "we tell you when you ask, and asking binds you to nothing"}.</li>
        {known.text_price && <li>Each text segment: ${known.text_price}, what the carrier takes.</li>}
        <li>Patients pay nothing to us. Their own carrier may take its usual price for a text.</li>
      </ul>
    </>
  );
}

function Steps({ known }: { known: ClinicPlan }) {
  const now = clock.now.value;
  if (known.steps.length === 0) return null;
  return (
    <details>
      <summary>What it was before</summary>
      <ul class="small">
        {known.steps.map((step) => (
          <li key={step.at}>
            {sentence(step.at, now)}: {planName(step.before)} became {planName(step.plan)}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Waits({ wish }: { wish: NonNullable<ClinicPlan["wish"]> }) {
  return (
    <div class="hint" role="status">
      <Icon name="clock" size={14} />
      <span>
        {wish.by} asked for a {planName(wish.wants)} {sentence(wish.at, clock.now.value)}
        {wish.area_code && `, with a number in area code ${wish.area_code}`}. We answer on the next working day.
        {wish.words && <q>{wish.words}</q>}
      </span>
    </div>
  );
}

interface AskingProps {
  hadTrial: boolean;
  onKnown: (plan: ClinicPlan) => void;
  onClose: () => void;
}

function Asking({ hadTrial, onKnown, onClose }: AskingProps) {
  const [asked, setAsked] = useState<plan.Wish>({ wants: hadTrial ? "paid" : "trial", body: "", area_code: null });
  const [refused, setRefused] = useState<Refused | null>(null);
  if (me.value?.user.role !== "admin") return <p>An admin of your clinic can ask for a plan here.</p>;
  const send = async (event: Event) => {
    event.preventDefault();
    try {
      onKnown(await plan.wish(asked));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefused(error);
    }
  };
  return (
    <form onSubmit={(event) => void send(event)}>
      {hadTrial ? (
        <h3>Ask for a paid plan</h3>
      ) : (
        <fieldset class="picks">
          <legend>Ask for</legend>
          <Choice value="trial" asked={asked} onAsked={setAsked}>
            A trial: everything for seven days, once
          </Choice>
          <Choice value="paid" asked={asked} onAsked={setAsked}>
            A paid plan
          </Choice>
        </fieldset>
      )}
      <label class="field">
        Area code of your number, if you need one
        <input
          inputMode="numeric"
          maxLength={3}
          pattern="[2-9][0-9]{2}"
          title="Three digits, such as 312"
          value={asked.area_code ?? ""}
          onInput={(event) => setAsked({ ...asked, area_code: event.currentTarget.value || null })}
        />
      </label>
      <label class="field">
        Anything we should know
        <textarea
          rows={3}
          maxLength={1000}
          value={asked.body}
          onInput={(event) => setAsked({ ...asked, body: event.currentTarget.value })}
        />
      </label>
      <p class="muted small">Nothing about patients, please: this goes to the people who run BloomText for you.</p>
      {refused && (
        <p class="hint bad" role="alert">
          {inWords(refused)}.
        </p>
      )}
      <Closing onLeave={onClose}>Ask</Closing>
    </form>
  );
}

interface ChoiceProps {
  value: plan.Wish["wants"];
  asked: plan.Wish;
  onAsked: (asked: plan.Wish) => void;
  children: string;
}

function Choice({ value, asked, onAsked, children }: ChoiceProps) {
  return (
    <label class="check">
      <input
        type="radio"
        name="wants"
        checked={asked.wants === value}
        onChange={() => onAsked({ ...asked, wants: value })}
      />
      {children}
    </label>
  );
}
