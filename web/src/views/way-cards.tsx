/** The three ways where one is chosen first: what the patient gets, who can read it, and why one is not possible. */

import type { Patient } from "../../../realtime/client/wire.gen.ts";
import { type Choice, canSend, help, isChoosable, ORDER, obstacle, type Sendable, WAYS } from "../words/ways.ts";
import { Icon } from "./icon.tsx";

interface WayCardsProps {
  patient: Patient;
  chosen: Choice;
  onChoose: (way: Sendable) => void;
}

export function WayCards({ patient, chosen, onChoose }: WayCardsProps) {
  const closed = ORDER.filter((way) => !canSend(patient, way));
  return (
    <fieldset class="way-cards" aria-describedby={closed.map((way) => `why-${way}`).join(" ") || undefined}>
      <legend class="hidden">How to write</legend>
      {ORDER.map((way) => (
        <Card key={way} way={way} patient={patient} isChosen={way === chosen} onChoose={onChoose} />
      ))}
    </fieldset>
  );
}

interface CardProps {
  way: Sendable;
  patient: Patient;
  isChosen: boolean;
  onChoose: (way: Sendable) => void;
}

function Card({ way, patient, isChosen, onChoose }: CardProps) {
  const { why } = patient.ways[way];
  const can = canSend(patient, way);
  return (
    <label class={`way-card ${way === "sms" ? "plain" : "secure"}`}>
      <input
        type="radio"
        name="way-card"
        value={way}
        checked={isChosen}
        disabled={!isChoosable(patient, way)}
        aria-labelledby={`name-${way}`}
        aria-describedby={can ? `says-${way}` : `why-${way} says-${way}`}
        onChange={() => onChoose(way)}
      />
      <Icon name={WAYS[way].icon} />
      <span class="grow">
        <strong id={`name-${way}`}>{WAYS[way].name}</strong>
        {!can && (
          <small id={`why-${way}`} class="why">
            <span class="hidden">{WAYS[way].name}: </span>
            {obstacle(why)}. {why === "no_consent" ? "You are asked to record it next" : help(why)}.
          </small>
        )}
        <small id={`says-${way}`}>{WAYS[way].says}</small>
      </span>
    </label>
  );
}
