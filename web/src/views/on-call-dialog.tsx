/** Who is called for a team when words may be urgent, also while it is closed, and until when. */

import { useEffect, useState } from "preact/hooks";
import type { Roster, TeamHours } from "../../../realtime/client/wire.gen.ts";
import * as actions from "../actions.ts";
import * as clock from "../clock.ts";
import { Refused } from "../http.ts";
import * as reads from "../reads.ts";
import { place, toast } from "../store.ts";
import { onCallSaid } from "../words/on-call.ts";
import { inWords } from "../words/refusals.ts";
import { upcoming } from "../words/time.ts";
import { Closing } from "./closing.tsx";
import { Modal } from "./modal.tsx";
import { RotaForm } from "./rota-form.tsx";
import { TeamField } from "./team-field.tsx";

const HOUR = 3_600_000;
const LENGTHS = [8, 12, 24, 72, 168];

export function OnCallDialog({ onClose }: { onClose: () => void }) {
  const [teams, setTeams] = useState<TeamHours[] | null>(null);
  const [roster, setRoster] = useState<Roster | null>(null);
  const [failed, setFailed] = useState(false);
  const [isPlan, setPlan] = useState(false);
  const load = (team: string) => reads.onCall(team).then(setRoster, () => setFailed(true));
  useEffect(() => {
    reads.teams().then(
      (all) => {
        const found = all.filter((team) => team.can_change);
        setTeams(found);
        const first = found.find((team) => team.team === place.value.team) ?? found[0];
        if (first) void load(first.team);
      },
      () => setFailed(true),
    );
  }, []);
  return (
    <Modal key={isPlan} title={isPlan ? "On call, by the week" : "Who is on call"} onClose={onClose} wide={isPlan}>
      {failed && <p role="alert">This did not load. Close it and try again.</p>}
      <TeamField teams={teams} chosen={roster?.team} onChoose={(team) => void load(team)} />
      {roster && isPlan && <RotaForm key={roster.team} team={roster.team} onClose={onClose} />}
      {roster && !isPlan && <Form key={roster.team} roster={roster} onClose={onClose} onPlan={() => setPlan(true)} />}
    </Modal>
  );
}

interface FormProps {
  roster: Roster;
  onClose: () => void;
  onPlan: () => void;
}

function Form({ roster, onClose, onPlan }: FormProps) {
  const named = roster.on_call.filter((each) => !each.by_plan);
  const [who, setWho] = useState(named.map(({ user }) => user.id));
  const [hours, setHours] = useState(12);
  const [refused, setRefused] = useState<Refused | null>(null);
  const now = clock.now.value;
  const save = async (event: Event) => {
    event.preventDefault();
    try {
      const until = who.length > 0 ? new Date(clock.serverNow() + hours * HOUR).toISOString() : null;
      const said = await actions.sayOnCall(roster.team, who, until);
      onClose();
      toast(onCallSaid(said.on_call, clock.serverNow()));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefused(error);
    }
  };
  const otherwise = roster.has_plan ? "Go by the plan" : "Nobody is on call";
  const turn = (id: string, isOn: boolean) => setWho(isOn ? [...who, id] : who.filter((each) => each !== id));
  return (
    <form onSubmit={(event) => void save(event)}>
      <p>
        {onCallSaid(roster.on_call, now)}{" "}
        <button type="button" class="link" onClick={onPlan}>
          {roster.has_plan ? "Change the weekly plan" : "Make a weekly plan"}
        </button>
      </p>
      <fieldset class="picks">
        <legend>{roster.has_plan ? "Call from now on, instead of the plan" : "Call from now on"}</legend>
        {roster.choices.map((each) => (
          <label key={each.id} class="check">
            <input
              type="checkbox"
              checked={who.includes(each.id)}
              onChange={(event) => turn(each.id, event.currentTarget.checked)}
            />
            <span>{each.name}</span>
          </label>
        ))}
      </fieldset>
      <label class="field">
        Until
        <select value={hours} onChange={(event) => setHours(Number(event.currentTarget.value))}>
          {LENGTHS.map((each) => (
            <option key={each} value={each}>
              {each < 72 ? `For ${each} hours` : `For ${each / 24} days`}, until {upcoming(now + each * HOUR, now)}
            </option>
          ))}
        </select>
      </label>
      <p class="muted">
        They hear of words that may be urgent on every screen of theirs, also while the team is closed. If nobody looks
        for five minutes, they get one e-mail without a word of the patient’s.
      </p>
      {refused && (
        <p class="hint bad" role="alert">
          {inWords(refused)}.
        </p>
      )}
      <Closing onLeave={onClose}>{who.length > 0 ? "Put on call" : otherwise}</Closing>
    </form>
  );
}
