/** The last step of a new conversation: which of the three ways, and what the patient will get. */

import { useState } from "preact/hooks";
import type { Patient } from "../../../realtime/client/wire.gen.ts";
import { teamOf } from "../store.ts";
import { numberOf } from "../words/numbers.ts";
import { missing } from "../words/patients.ts";
import { type Choice, canSend, contactHint, isChoosable, ORDER, safeDefault } from "../words/ways.ts";
import { Shown, useAhead } from "./ahead.tsx";
import { Closing } from "./closing.tsx";
import { useFirstFocus } from "./focus.ts";
import { NoPlan, NumbersLink } from "./no-plan.tsx";
import { Select } from "./select.tsx";
import { SharedPhone } from "./shared-phone.tsx";
import { WayCards } from "./way-cards.tsx";

interface NewWayProps {
  patient: Patient;
  team: string;
  onBack: () => void;
  /** `number`: the one that was chosen, where the team has several. */
  onStart: (choice: Choice, number?: string) => Promise<void>;
}

/** What this person chose last for each team, while the page is there. */
const lastFrom = new Map<string, string>();

export function NewWay({ patient: found, team, onBack, onStart }: NewWayProps) {
  const numbers = choosable(found, team);
  const [number, setNumber] = useState(() => numbers.find((each) => each === lastFrom.get(team)) ?? numbers[0]);
  const asked = useAhead(team, found.id, String(found.rev), number);
  const patient = { ...found, ways: asked.ahead?.ways ?? found.ways };
  const [wanted, setWanted] = useState<Choice | null>(null);
  const [isBusy, setBusy] = useState(false);
  const choice = standing(patient, wanted);
  const form = useFirstFocus<HTMLFormElement>("", "input:checked, input:enabled, button.primary");
  const start = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    if (number !== undefined) lastFrom.set(team, number);
    await (number === undefined ? onStart(choice) : onStart(choice, number));
    setBusy(false);
  };
  const isNowhere = !ORDER.some((way) => isChoosable(patient, way));
  return (
    <form ref={form} class="new-way" aria-label="How to write" onSubmit={(event) => void start(event)}>
      <div class="new-way-choice">
        <To patient={patient} team={team} choice={choice} isChosen={number !== undefined} />
        {number !== undefined && choice !== "secure_email" && (
          <Select
            label="From"
            value={number}
            options={Object.fromEntries(numbers.map((each) => [each, numberOf(teamOf(team), each)]))}
            onValue={setNumber}
          />
        )}
        <WayCards patient={patient} chosen={choice} onChoose={setWanted} />
      </div>
      <div class="new-way-shown">
        <SharedPhone patient={patient} ahead={asked.ahead} choice={choice} />
        {asked.ahead?.may_send === false && <NoPlan />}
        <NumbersLink why={patient.ways.secure_sms.why} />
        {(canSend(patient, choice) || choice === "sms") && <Shown asked={asked} choice={choice} body="" />}
      </div>
      <Closing leave="Back" onLeave={onBack} isDisabled={isBusy}>
        {isNowhere ? "Open the conversation" : "Write"}
      </Closing>
    </form>
  );
}

/** On what was wanted while it is possible, or can be asked for; else on a private way. */
function standing(patient: Patient, wanted: Choice | null): Choice {
  return wanted !== null && isChoosable(patient, wanted) ? wanted : safeDefault(patient);
}

/** A conversation that is there goes on from its own number, which the composer shows and changes. */
function choosable(patient: Patient, team: string): readonly string[] {
  const numbers = teamOf(team)?.numbers ?? [];
  return numbers.length > 1 && !patient.conversations.some((each) => each.team === team) ? numbers : [];
}

interface ToProps {
  patient: Patient;
  team: string;
  choice: Choice;
  /** From which number is said beside, where there are several. */
  isChosen: boolean;
}

function To({ patient, team, choice, isChosen }: ToProps) {
  const from = teamOf(team);
  const isMail = choice === "secure_email";
  const lacks = missing(patient);
  return (
    <div>
      <p>
        To <strong>{patient.name}</strong> {contactHint(patient, choice)}
        {from &&
          ` from ${from.name}${!isMail && !isChosen && from.numbers[0] ? ` · ${numberOf(from, from.numbers[0])}` : ""}`}
      </p>
      {lacks && (
        <p class="muted small">
          {patient.incomplete && "This entry is marked as not complete. "}
          {lacks} You can add what is missing beside the conversation.
        </p>
      )}
    </div>
  );
}
