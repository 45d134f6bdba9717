/** Under the field while the team is closed: what the patient is told about an answer. */

import * as clock from "../clock.ts";
import { hours } from "../hours.ts";
import { patientsSee } from "../words/hours.ts";
import { Icon } from "./icon.tsx";

export function HoursHint({ team }: { team: string }) {
  const found = hours.value.get(team);
  const said = found && patientsSee(found, clock.now.value);
  if (!said) return null;
  return (
    <p class="hint hours-hint">
      <Icon name="clock" size={14} /> Patients see: {said}
    </p>
  );
}
