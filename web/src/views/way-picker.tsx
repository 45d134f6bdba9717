/** The three ways, as one group of radio buttons; one that is not possible says why. */

import type { Patient } from "../../../realtime/client/wire.gen.ts";
import { isChoosable, ORDER, obstacle, type Sendable, WAYS } from "../words/ways.ts";
import { Icon } from "./icon.tsx";

interface WayPickerProps {
  patient: Patient;
  chosen: Sendable;
  onChoose: (via: Sendable) => void;
}

export function WayPicker({ patient, chosen, onChoose }: WayPickerProps) {
  return (
    <fieldset class="ways">
      <legend class="hidden">How to send</legend>
      {ORDER.map((via) => {
        const way = patient.ways[via];
        const isPossible = isChoosable(patient, via);
        return (
          <label key={via} class={`way ${via === "sms" ? "plain" : "secure"}`} title={hint(via, way.can, way.why)}>
            <input
              type="radio"
              name="way"
              value={via}
              checked={chosen === via}
              disabled={!isPossible}
              // What must be asked for first is not chosen yet, so it must not look chosen.
              onClick={(event) => {
                if (way.can) return;
                event.preventDefault();
                onChoose(via);
              }}
              onChange={() => onChoose(via)}
            />
            <Icon name={WAYS[via].icon} size={14} />
            <span>{WAYS[via].name}</span>
            {!way.can && <span class="hidden">{obstacle(way.why)}</span>}
          </label>
        );
      })}
    </fieldset>
  );
}

function hint(via: Sendable, can: boolean, why: string | null): string {
  if (!can) return obstacle(why);
  return via === "sms" ? "Alt P" : "Alt S";
}
