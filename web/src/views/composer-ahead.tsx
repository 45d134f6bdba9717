/** In the composer, for who opens it: what the patient will get, and what each of the ways means. */

import { useState } from "preact/hooks";
import type { ThreadState } from "../state/thread.ts";
import { type Choice, canSend, choicesFor, help, obstacle, WAYS } from "../words/ways.ts";
import { Shown, useAhead } from "./ahead.tsx";
import { SharedPhone } from "./shared-phone.tsx";

interface AheadProps {
  open: ThreadState;
  choice: Choice;
  body: string;
}

/** Closed it asks the server nothing. */
export function Ahead(props: AheadProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="ahead" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>What the phone will show</summary>
      {isOpen && <Inside {...props} />}
    </details>
  );
}

function Inside({ open: { patient, row, messages }, choice, body }: AheadProps) {
  const asked = useAhead(row.team, patient.id, `${patient.rev} ${messages.at(-1)?.rev ?? 0} ${row.number}`);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached without a pointer (WCAG 2.1.1).
    <section class="ahead-inside" tabIndex={0} aria-label="What the phone will show">
      <div>
        <SharedPhone patient={patient} ahead={asked.ahead} choice={choice} />
        {canSend(patient, choice) && <Shown asked={asked} choice={choice} body={body} />}
      </div>
      <dl class="ways-said">
        {choicesFor(patient).map((each) => (
          <div key={each}>
            <dt>{WAYS[each].name}</dt>
            <dd>
              {WAYS[each].says} {each !== "both" && !canSend(patient, each) && <Why why={patient.ways[each].why} />}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Why({ why }: { why: string | null }) {
  return (
    <strong>
      {obstacle(why)}. {help(why)}.
    </strong>
  );
}
