/** The first step: what the team calls it, and whom it means. */

import { useEffect, useState } from "preact/hooks";
import type { MyTeam } from "../../../realtime/client/wire.gen.ts";
import type { Detail, Filter, Language, Match } from "../broadcasts.ts";
import * as broadcasts from "../broadcasts.ts";
import { groups, load as loadGroups } from "../groups.ts";
import { me } from "../store.ts";
import { many } from "../words/counts.ts";
import { LANGUAGES } from "../words/languages.ts";
import type { StepProps } from "./broadcast-assistant.tsx";
import type { PartProps } from "./broadcasts-dialog.tsx";
import { useFirstFocus } from "./focus.ts";

interface WhoProps extends StepProps {
  teams: readonly MyTeam[];
  onTeam: (team: string) => void;
  detail: Detail | null;
  attempt: PartProps["attempt"];
  save: () => Promise<boolean>;
}

const NOBODY: Filter = { kind: "filter", ours: true, group: null, tag: null, language: null, days: null };
const OF_ALL = { ours: false, tag: null, days: null };
const DAYS = [30, 90, 365, 730] as const;

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
        <Choice checked={filter?.ours === true} onChoose={() => choose({ ours: true, group: null })}>
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
        <Choice checked={filter?.ours === false && !filter.group} onChoose={() => choose({ ...OF_ALL, group: null })}>
          Every patient of the clinic
        </Choice>
        <Choice checked={!filter} onChoose={() => onSay({ ...said, filters: [] })}>
          Only a list that I paste
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

function Narrower({ filter, onChoose }: { filter: Filter; onChoose: (changed: Partial<Filter>) => void }) {
  const tags = me.value?.tags ?? [];
  return (
    <div class="fields">
      {filter.group && (
        <label class="field">
          Group
          <select value={filter.group} onChange={(event) => onChoose({ group: event.currentTarget.value })}>
            {groups.value?.map((group) => (
              <option key={group.id} value={group.id}>
                {group.name} ({many(group.patients, "patient")})
              </option>
            ))}
          </select>
        </label>
      )}
      {filter.ours && (
        <label class="field">
          Tag
          <select value={filter.tag ?? ""} onChange={(event) => onChoose({ tag: event.currentTarget.value || null })}>
            <option value="">Any</option>
            {tags.map((tag) => (
              <option key={tag.id} value={tag.id}>
                {tag.name}
              </option>
            ))}
          </select>
        </label>
      )}
      <label class="field">
        Language
        <select
          value={filter.language ?? ""}
          onChange={(event) => onChoose({ language: (event.currentTarget.value || null) as Language | null })}
        >
          <option value="">Any</option>
          {Object.entries(LANGUAGES).map(([code, name]) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {filter.ours && (
        <label class="field">
          Active in the last
          <select
            value={filter.days ?? ""}
            onChange={(event) => onChoose({ days: Number(event.currentTarget.value) || null })}
          >
            <option value="">Any time</option>
            {DAYS.map((days) => (
              <option key={days} value={days}>
                {days} days
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}

/** Lines that mean nobody, or several patients, are shown and not written to. */
function Pasting({ detail, attempt, save }: WhoProps) {
  const [text, setText] = useState("");
  const [match, setMatch] = useState<Match | null>(null);
  const take = () =>
    attempt(async () => {
      if (!detail) return;
      setMatch(await broadcasts.paste(detail.broadcast.id, text));
      return broadcasts.detail(detail.broadcast.id);
    });
  return (
    <details class="pasting" open={(detail?.listed ?? 0) > 0 || match !== null}>
      <summary>Paste a list{detail && detail.listed > 0 ? ` (${many(detail.listed, "patient")})` : ""}</summary>
      <label class="field">
        Phone numbers, e-mail addresses or MRNs of your patients, one in each line
        <textarea rows={4} value={text} onInput={(event) => setText(event.currentTarget.value)} />
      </label>
      {detail ? (
        <button type="button" disabled={!text.trim() && detail.listed === 0} onClick={() => void take()}>
          Take this list
        </button>
      ) : (
        <button type="button" onClick={() => void save()}>
          Save the title first
        </button>
      )}
      {match && (
        <p role="status">
          {many(match.matched, "patient")} found.
          {match.unknown.length > 0 && ` Nobody has ${match.unknown.slice(0, 10).join(", ")}.`}
          {match.several.length > 0 &&
            ` Several patients share ${match.several.slice(0, 10).join(", ")}: use their MRNs.`}
        </p>
      )}
    </details>
  );
}
