/** The first step: what the team calls it, and whom it means. */

import { useEffect } from "preact/hooks";
import type { MyTeam } from "../../../realtime/client/wire.gen.ts";
import type { Detail, Filter } from "../broadcasts.ts";
import { groups, load as loadGroups } from "../groups.ts";
import { me } from "../store.ts";
import type { StepProps } from "./broadcast-assistant.tsx";
import { Narrower } from "./broadcast-narrower.tsx";
import { Pasting } from "./broadcast-pasting.tsx";
import type { PartProps } from "./broadcasts-dialog.tsx";
import { useFirstFocus } from "./focus.ts";

export interface WhoProps extends StepProps {
  teams: readonly MyTeam[];
  onTeam: (team: string) => void;
  detail: Detail | null;
  attempt: PartProps["attempt"];
  save: () => Promise<boolean>;
}

const NOBODY: Filter = {
  kind: "filter",
  ...{ ours: true, group: null, patient_tag: null, tag: null, language: null, days: null },
};
const OF_ALL = { ours: false, group: null, patient_tag: null, tag: null, days: null };

export function BroadcastWho(props: WhoProps) {
  const { said, onSay, teams, team, onTeam, detail, onBack, onNext } = props;
  const box = useFirstFocus<HTMLFormElement>();
  const filter = said.filters[0];
  useEffect(() => void loadGroups(), []);
  const choose = (changed: Partial<Filter>) => onSay({ ...said, filters: [{ ...(filter ?? NOBODY), ...changed }] });
  const isSomebody = filter !== undefined || (detail?.listed ?? 0) > 0;
  return (
    <form
      ref={box}
      class="broadcast-step"
      onSubmit={(event) => {
        event.preventDefault();
        onNext();
      }}
    >
      <div class="fields">
        <label class="field">
          Title, for your team only
          <input
            value={said.title}
            maxLength={80}
            required
            dir="auto"
            onInput={(event) => onSay({ ...said, title: event.currentTarget.value })}
          />
        </label>
        {teams.length > 1 && (
          <label class="field">
            From the team
            <select value={team} onChange={(event) => onTeam(event.currentTarget.value)}>
              {teams.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.name}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      <fieldset class="choices">
        <legend>To whom</legend>
        <Choice checked={filter?.ours === true} onChoose={() => choose({ ours: true, group: null, patient_tag: null })}>
          Patients with a conversation with this team
        </Choice>
        {(groups.value ?? []).length > 0 && (
          <Choice
            checked={filter?.group != null}
            onChoose={() => choose({ ...OF_ALL, group: groups.value?.[0]?.id ?? null })}
          >
            A group of patients
          </Choice>
        )}
        {(me.value?.tags ?? []).length > 0 && (
          <Choice
            checked={filter?.ours === false && !filter.group && filter.patient_tag !== null}
            onChoose={() => choose({ ...OF_ALL, patient_tag: me.value?.tags[0]?.id ?? null })}
          >
            Patients with a tag
          </Choice>
        )}
        <Choice
          checked={filter?.ours === false && !filter.group && filter.patient_tag === null}
          onChoose={() => choose(OF_ALL)}
        >
          Every patient of the clinic
        </Choice>
        <Choice checked={!filter} onChoose={() => onSay({ ...said, filters: [] })}>
          Only a list that I paste or read from a file
        </Choice>
      </fieldset>
      {filter && <Narrower filter={filter} onChoose={choose} />}
      <Pasting {...props} />
      <footer>
        <button type="button" onClick={onBack}>
          All broadcasts
        </button>
        <button type="submit" class="primary" disabled={!isSomebody}>
          Next: words
        </button>
      </footer>
    </form>
  );
}

function Choice(props: { checked: boolean; onChoose: () => void; children: string }) {
  return (
    <label class="check">
      <input type="radio" name="whom" checked={props.checked} onChange={props.onChoose} />
      <span>{props.children}</span>
    </label>
  );
}
