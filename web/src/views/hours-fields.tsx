/** One day of a week, and the days on which nobody is there. */

import type { Span } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import { another, dayAfter, goalOf } from "../words/hours.ts";
import { dateIn } from "../words/zones.ts";
import { Icon } from "./icon.tsx";

const MOST = 4;
/** A field for times knows no 24:00; the day's end is its midnight. */
const END = "24:00";

interface DayProps {
  name: string;
  spans: readonly Span[];
  onChange: (spans: Span[]) => void;
}

export function Day({ name, spans, onChange }: DayProps) {
  const change = (at: number, part: Partial<Span>) =>
    onChange(spans.map((span, each) => (each === at ? { ...span, ...part } : span)));
  return (
    <fieldset class="weekday">
      <legend>{name}</legend>
      {spans.length === 0 && <span class="muted">Closed</span>}
      {spans.map((span, at) => (
        <span key={at} class="span">
          <input
            type="time"
            required
            aria-label={`${name}, opens`}
            value={span.opens}
            onInput={(event) => change(at, { opens: event.currentTarget.value })}
          />
          to
          <input
            type="time"
            required
            aria-label={`${name}, closes`}
            value={span.closes === END ? "00:00" : span.closes}
            onInput={(event) => {
              const { value } = event.currentTarget;
              change(at, { closes: value === "00:00" ? END : value });
            }}
          />
          <button
            type="button"
            class="icon-button"
            aria-label={`Remove ${name}, ${span.opens} to ${span.closes}`}
            onClick={() => onChange(spans.filter((_, each) => each !== at))}
          >
            <Icon name="close" />
          </button>
        </span>
      ))}
      {spans.length < MOST && (
        <button
          type="button"
          class="link"
          aria-label={`Add times on ${name}`}
          onClick={() => onChange([...spans, another(spans)])}
        >
          Add times
        </button>
      )}
    </fieldset>
  );
}

interface ClosedDaysProps {
  zone: string;
  days: readonly string[];
  onChange: (days: string[]) => void;
}

export function ClosedDays({ zone, days, onChange }: ClosedDaysProps) {
  return (
    <fieldset class="closed-days">
      <legend>Closed on</legend>
      {days.map((day, at) => (
        <span key={at} class="span">
          <input
            type="date"
            required
            aria-label="Closed on"
            value={day}
            onInput={(event) => onChange(days.map((each, place) => (place === at ? event.currentTarget.value : each)))}
          />
          <button
            type="button"
            class="icon-button"
            aria-label={`Remove ${day}`}
            onClick={() => onChange(days.filter((_, place) => place !== at))}
          >
            <Icon name="close" />
          </button>
        </span>
      ))}
      <button
        type="button"
        class="link"
        onClick={() => onChange([...days, dayAfter(days.at(-1) || dateIn(zone, clock.now.value))])}
      >
        Add a day
      </button>
    </fieldset>
  );
}

const HOUR = 60;
const GOALS = [15, 30, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 16 * HOUR, 24 * HOUR];

interface GoalProps {
  minutes: number | null;
  onChange: (minutes: number | null) => void;
}

/** One that was said by other means than this form stays to be chosen. */
export function Goal({ minutes, onChange }: GoalProps) {
  const choices = [...new Set([...GOALS, ...(minutes ? [minutes] : [])])].sort((one, other) => one - other);
  return (
    <label class="field">
      Our own goal for an answer
      <select
        value={minutes ?? ""}
        onChange={(event) => onChange(event.currentTarget.value ? Number(event.currentTarget.value) : null)}
      >
        <option value="">None</option>
        {choices.map((each) => (
          <option key={each} value={each}>
            {goalOf(each)}
          </option>
        ))}
      </select>
      <small>Counts while you are open. Patients do not see it; your team sees what is due and overdue.</small>
    </label>
  );
}
