/** The ways of writing, as one group of radio buttons; one that is not possible says why and what helps. */

import type { Patient } from "../../../realtime/client/wire.gen.ts";
import { type Choice, canSend, choicesFor, help, isChoosable, obstacle, WAYS } from "../words/ways.ts";
import { Icon } from "./icon.tsx";

interface WayPickerProps {
  patient: Patient;
  chosen: Choice;
  onChoose: (choice: Choice) => void;
}

export function WayPicker({ patient, chosen, onChoose }: WayPickerProps) {
  return (
    <fieldset class="ways">
      <legend class="hidden">How to send</legend>
      {choicesFor(patient).map((choice) => {
        const isPossible = isChoosable(patient, choice);
        const can = canSend(patient, choice);
        return (
          <label key={choice} class={`way ${choice === "sms" ? "plain" : "secure"}`} title={hint(patient, choice)}>
            <input
              type="radio"
              name="way"
              value={choice}
              checked={chosen === choice}
              aria-describedby={`way-says-${choice}`}
              disabled={!isPossible}
              // What must be asked for first is not chosen yet, so it must not look chosen.
              onClick={(event) => {
                if (can) return;
                event.preventDefault();
                onChoose(choice);
              }}
              onChange={() => onChoose(choice)}
            />
            {choice !== "both" && <Icon name={WAYS[choice].icon} size={14} />}
            <span>{WAYS[choice].name}</span>
            {choice === "both" && <span class="hidden"> a text and an e-mail, private</span>}
            {!can && <span class="hidden">{hint(patient, choice)}</span>}
            <span id={`way-says-${choice}`} hidden>
              {WAYS[choice].says}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}

function hint(patient: Patient, choice: Choice): string {
  if (choice === "both") return WAYS.both.says;
  const { can, why } = patient.ways[choice];
  if (!can) return `${obstacle(why)}. ${help(why)}.`;
  return `${WAYS[choice].says} (${choice === "sms" ? "Alt P" : "Alt S"})`;
}
