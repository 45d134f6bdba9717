/** When an alert is raised, for every team or for one. */

import { useEffect, useState } from "preact/hooks";
import type { AlertKind, AlertRule, BoardTeam } from "../../../realtime/client/wire.gen.ts";
import * as alerts from "../alerts.ts";
import { Refused } from "../http.ts";
import { KINDS, limitSaid, mailSaid, teamSaid } from "../words/alerts.ts";
import { inWords } from "../words/refusals.ts";

export function BoardRules({ teams }: { teams: readonly BoardTeam[] }) {
  const [rules, setRules] = useState<readonly AlertRule[] | null>(null);
  const [why, setWhy] = useState<string | null>(null);
  const attempt = async (act: () => Promise<unknown>) => {
    setWhy(null);
    try {
      await act();
      setRules(await alerts.rules());
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setWhy(inWords(error));
    }
  };
  useEffect(() => void attempt(async () => {}), []);
  return (
    <>
      {why && (
        <p class="hint bad" role="alert">
          {why}.
        </p>
      )}
      {rules === null && !why && <p class="muted">Loading…</p>}
      {rules?.length === 0 && <p class="muted">No alert is raised so far.</p>}
      <ul class="audit" aria-label="Rules">
        {rules?.map((rule) => (
          <li key={rule.id} class="board-rule">
            <span>
              <strong>
                {teamSaid(rule.team, teams)}: {limitSaid(rule)}
              </strong>
              <small class="muted">{mailSaid(rule.mail_after)}</small>
            </span>
            <button
              type="button"
              aria-label={`Remove: ${teamSaid(rule.team, teams)}, ${limitSaid(rule)}`}
              onClick={() => void attempt(() => alerts.removeRule(rule.id))}
            >
              Remove
            </button>
          </li>
        ))}
      </ul>
      <RuleForm teams={teams} onSay={(said) => void attempt(() => alerts.setRule(said))} />
    </>
  );
}

const MAILS = [null, 5, 10, 15, 30, 60];

interface FormProps {
  teams: readonly BoardTeam[];
  onSay: (said: Omit<AlertRule, "id">) => void;
}

function RuleForm({ teams, onSay }: FormProps) {
  const [said, setSaid] = useState<Omit<AlertRule, "id">>({ team: null, kind: "wait", over: 30, mail_after: null });
  const choose = (kind: AlertKind) => setSaid({ ...said, kind, over: KINDS[kind].usual });
  const send = (event: Event) => {
    event.preventDefault();
    onSay(said);
  };
  return (
    <form class="board-form" onSubmit={send}>
      <label class="field">
        Team
        <select
          value={said.team ?? ""}
          onChange={(event) => setSaid({ ...said, team: event.currentTarget.value || null })}
        >
          <option value="">Every team without its own rule</option>
          {teams.map(({ team, name }) => (
            <option key={team} value={team}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        Alert when
        <select value={said.kind} onChange={(event) => choose(event.currentTarget.value as AlertKind)}>
          {(Object.keys(KINDS) as AlertKind[]).map((kind) => (
            <option key={kind} value={kind}>
              {KINDS[kind].name}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        Over how many {KINDS[said.kind].unit}
        <input
          type="number"
          min={0}
          max={10_000}
          required
          value={said.over}
          onInput={(event) => setSaid({ ...said, over: Math.floor(event.currentTarget.valueAsNumber) || 0 })}
        />
      </label>
      <MailField chosen={said.mail_after} onChoose={(mail_after) => setSaid({ ...said, mail_after })} />
      <button type="submit" class="primary">
        Save rule
      </button>
    </form>
  );
}

function MailField({ chosen, onChoose }: { chosen: number | null; onChoose: (minutes: number | null) => void }) {
  return (
    <label class="field">
      E-mail to who is on call
      <select
        value={String(chosen)}
        onChange={(event) => onChoose(MAILS.find((each) => String(each) === event.currentTarget.value) ?? null)}
      >
        {MAILS.map((each) => (
          <option key={each} value={String(each)}>
            {each === null ? "Never" : `If not acknowledged in ${each} min`}
          </option>
        ))}
      </select>
    </label>
  );
}
