/** What the patient chose for themselves in the portal. Only what differs from the usual is worth a line. */

import type { Patient } from "../../../realtime/client/wire.gen.ts";
import { hour } from "../words/time.ts";

export function Choices({ patient }: { patient: Patient }) {
  const { quiet_from: from, quiet_until: until } = patient;
  const unwanted = [!patient.reminders && "no reminders", !patient.news && "no news"].filter(Boolean);
  return (
    <>
      {from !== null && until !== null && (
        <>
          <dt>Quiet hours</dt>
          <dd>
            <span class="figures">
              {hour(from)} – {hour(until)}
            </span>{" "}
            <small class="muted">their own</small>
          </dd>
        </>
      )}
      {unwanted.length > 0 && (
        <>
          <dt>Wants</dt>
          <dd>{unwanted.join(", ")}</dd>
        </>
      )}
    </>
  );
}
