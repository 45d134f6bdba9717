/** The turns of one day: who, from when, until when. */

import type { Colleague, RotaTurn } from "../../../realtime/client/wire.gen.ts";
import { Icon } from "./icon.tsx";

const MOST = 6;

interface TurnsProps {
  /** Which day, for who hears the fields. */
  of: string;
  turns: readonly RotaTurn[];
  choices: readonly Colleague[];
  onChange: (turns: RotaTurn[]) => void;
}

export function Turns({ of, turns, choices, onChange }: TurnsProps) {
  const last = turns.at(-1);
  const next = { begins: last?.ends ?? "17:00", ends: last?.begins ?? "08:00", user: choices[0]?.id ?? "" };
  return (
    <div class="turns">
      {turns.length === 0 && <span class="muted">Nobody</span>}
      {turns.map((turn, at) => (
        <Turn
          key={at}
          of={of}
          turn={turn}
          choices={choices}
          onChange={(part) => onChange(turns.map((each, place) => (place === at ? { ...each, ...part } : each)))}
          onRemove={() => onChange(turns.filter((_, place) => place !== at))}
        />
      ))}
      {turns.length < MOST && next.user && (
        <button
          type="button"
          class="link"
          aria-label={`Add a turn on ${of}`}
          onClick={() => onChange([...turns, next])}
        >
          Add a turn
        </button>
      )}
    </div>
  );
}

interface TurnProps {
  of: string;
  turn: RotaTurn;
  choices: readonly Colleague[];
  onChange: (part: Partial<RotaTurn>) => void;
  onRemove: () => void;
}

function Turn({ of, turn, choices, onChange, onRemove }: TurnProps) {
  const name = choices.find(({ id }) => id === turn.user)?.name ?? "";
  return (
    <span class="span turn">
      <select
        aria-label={`${of}, who`}
        value={turn.user}
        onChange={(event) => onChange({ user: event.currentTarget.value })}
      >
        {choices.map((each) => (
          <option key={each.id} value={each.id}>
            {each.name}
          </option>
        ))}
      </select>
      <span class="span">
        <input
          type="time"
          required
          aria-label={`${of}, from`}
          value={turn.begins}
          onInput={(event) => onChange({ begins: event.currentTarget.value })}
        />
        to
        <input
          type="time"
          required
          aria-label={`${of}, until`}
          value={turn.ends === "24:00" ? "00:00" : turn.ends}
          onInput={(event) => onChange({ ends: event.currentTarget.value })}
        />
        <button
          type="button"
          class="icon-button"
          aria-label={`Remove ${name} on ${of}, ${turn.begins} to ${turn.ends}`}
          onClick={onRemove}
        >
          <Icon name="close" />
        </button>
      </span>
    </span>
  );
}
