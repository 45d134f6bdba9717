/** How far carriers are with the clinic's registration (10DLC), what works meanwhile, and what they send back. */

import type { RegistrationStep } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import { MEANWHILE, REJECTED, registration } from "../words/our-numbers.ts";
import { sentence } from "../words/time.ts";
import { Icon } from "./icon.tsx";

interface RegistrationProps {
  steps: readonly RegistrationStep[];
  /** None of the numbers sends texts yet. */
  isWaiting: boolean;
}

export function Registration({ steps, isWaiting }: RegistrationProps) {
  const lines = registration(steps);
  const isDone = lines.every((line) => line.step?.state === "approved");
  return (
    <section>
      <h3>Registration with carriers</h3>
      <p class="muted small">
        Carriers in the United States take a clinic’s texts once they know who it is and what it writes about (10DLC).
        We send your papers in; brand and campaign take days to weeks.
      </p>
      <ul class="works">
        {lines.map(({ of, name, said, step }) => (
          <li key={of}>
            <Icon
              name={step?.state === "approved" ? "check" : step?.state === "refused" ? "close" : "clock"}
              size={14}
            />{" "}
            <span>
              {name}: {said}
              {step && ` ${sentence(step.at, clock.now.value)}`}
              {step?.note && (
                <>
                  . <q>{step.note}</q>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      {!isDone && isWaiting && <Meanwhile />}
      {!isDone && <SentBack />}
    </section>
  );
}

function Meanwhile() {
  return (
    <>
      <h4>What works until then</h4>
      <ul class="works">
        {MEANWHILE.map((each) => (
          <li key={each}>
            <Icon name="check" size={14} /> {each}
          </li>
        ))}
      </ul>
    </>
  );
}

function SentBack() {
  return (
    <details>
      <summary>What carriers send back</summary>
      <ul class="small">
        {REJECTED.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </details>
  );
}
