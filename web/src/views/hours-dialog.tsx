/** When a team answers. Patients read it before they write. */

import { useEffect, useState } from "preact/hooks";
import type { TeamHours } from "../../../realtime/client/wire.gen.ts";
import * as hours from "../hours.ts";
import { Refused } from "../http.ts";
import * as reads from "../reads.ts";
import { place, toast } from "../store.ts";
import { type AllHours, usual, WEEKDAYS, wrongDay } from "../words/hours.ts";
import { inWords } from "../words/refusals.ts";
import { Closing } from "./closing.tsx";
import { ClosedDays, Day, Goal } from "./hours-fields.tsx";
import { Modal } from "./modal.tsx";
import { TeamField } from "./team-field.tsx";

export function HoursDialog({ onClose }: { onClose: () => void }) {
  const [teams, setTeams] = useState<TeamHours[] | null>(null);
  const [failed, setFailed] = useState(false);
  const [chosen, setChosen] = useState(place.value.team);
  useEffect(() => {
    reads.teams().then(
      (found) => setTeams(found.filter((team) => team.can_change)),
      () => setFailed(true),
    );
  }, []);
  const team = teams?.find((each) => each.team === chosen) ?? teams?.[0];
  return (
    <Modal title="Opening hours" onClose={onClose} wide>
      {failed && <p role="alert">The hours did not load. Close this and try again.</p>}
      <TeamField teams={teams} chosen={team?.team} onChoose={setChosen} />
      {team && <Form key={team.team} team={team} onClose={onClose} />}
    </Modal>
  );
}

function Form({ team, onClose }: { team: TeamHours; onClose: () => void }) {
  const [said, setSaid] = useState<AllHours>({ ...usual(), ...team.hours });
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isBusy, setBusy] = useState(false);
  const wrong = wrongDay(said.week);
  const change = (part: Partial<AllHours>) => setSaid({ ...said, ...part });
  const save = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    try {
      await hours.change(team.team, said);
      onClose();
      toast("Hours saved");
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefused(error);
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void save(event)}>
      <p class="muted">On the clinic’s clock ({team.zone.replace("_", " ")}). A day without times is closed.</p>
      <div class="week">
        {WEEKDAYS.map((name, at) => (
          <Day
            key={name}
            name={name}
            spans={said.week[at] ?? []}
            onChange={(spans) => change({ week: said.week.map((day, each) => (each === at ? spans : day)) })}
          />
        ))}
      </div>
      <ClosedDays zone={team.zone} days={said.closed} onChange={(closed) => change({ closed })} />
      <Answers said={said} onChange={change} />
      <Goal minutes={said.goal_minutes} onChange={(goal_minutes) => change({ goal_minutes })} />
      <label class="check">
        <input
          type="checkbox"
          checked={said.patients_may_start}
          onChange={(event) => change({ patients_may_start: event.currentTarget.checked })}
        />
        <span>
          Patients may write into a conversation that is done
          <small>It opens again. If not, they are asked to call.</small>
        </span>
      </label>
      {wrong && <p class="hint bad">{wrong}: a time must end after it begins, and before the next one.</p>}
      {refused && (
        <p class="hint bad" role="alert">
          {inWords(refused)}.
        </p>
      )}
      <Closing onLeave={onClose} isDisabled={isBusy || wrong !== null}>
        Save hours
      </Closing>
    </form>
  );
}

function Answers({ said, onChange }: { said: AllHours; onChange: (part: Partial<AllHours>) => void }) {
  return (
    <fieldset class="answers">
      <legend>The clinic usually answers within</legend>
      <input
        type="number"
        aria-label="How many"
        min={1}
        max={30}
        required
        value={said.answers_in}
        onInput={(event) => onChange({ answers_in: event.currentTarget.valueAsNumber || 1 })}
      />
      <select
        aria-label="Days or hours"
        value={said.unit}
        onChange={(event) => onChange({ unit: event.currentTarget.value as AllHours["unit"] })}
      >
        <option value="business_days">business days</option>
        <option value="business_hours">business hours</option>
      </select>
    </fieldset>
  );
}
