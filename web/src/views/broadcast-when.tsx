/** The last two steps: when and how fast; and the word to go. */

import { useState } from "preact/hooks";
import type { Detail } from "../broadcasts.ts";
import * as broadcasts from "../broadcasts.ts";
import * as clock from "../clock.ts";
import { Refused } from "../http.ts";
import { me } from "../store.ts";
import { leftOut, PACES, pace, takes, WAYS } from "../words/broadcasts.ts";
import { many } from "../words/counts.ts";
import { privateWords } from "../words/private.ts";
import { dateIn, instantOf, inZone } from "../words/zones.ts";
import type { PartProps } from "./broadcasts-dialog.tsx";
import { useFirstFocus } from "./focus.ts";

export interface When {
  /** Null: as soon as the minute is over. */
  at: number | null;
  perHour: number | null;
}

interface WhenProps {
  detail: Detail;
  when: When;
  onWhen: (when: When) => void;
  onBack: () => void;
  onNext: () => void;
}

export function BroadcastWhen({ detail, when, onWhen, onBack, onNext }: WhenProps) {
  const zone = me.value?.organization.zone ?? "UTC";
  const box = useFirstFocus<HTMLFormElement>();
  const now = clock.now.value;
  const [date, setDate] = useState(dateIn(zone, now, 1));
  const [time, setTime] = useState("09:00");
  const at = instantOf(date, time, zone);
  const isGood = when.at === null || (!Number.isNaN(at) && at > now);
  const next = () => {
    if (when.at !== null) onWhen({ ...when, at });
    onNext();
  };
  return (
    <form
      ref={box}
      class="broadcast-step"
      onSubmit={(event) => {
        event.preventDefault();
        if (isGood) next();
      }}
    >
      <fieldset class="choices">
        <legend>When</legend>
        <label class="check">
          <input type="radio" name="when" checked={when.at === null} onChange={() => onWhen({ ...when, at: null })} />
          <span>Now</span>
        </label>
        <label class="check">
          <input type="radio" name="when" checked={when.at !== null} onChange={() => onWhen({ ...when, at })} />
          <span>At a time</span>
        </label>
      </fieldset>
      {when.at !== null && (
        <div class="fields">
          <label class="field">
            Date
            <input
              type="date"
              value={date}
              min={dateIn(zone, now)}
              max={dateIn(zone, now, 365)}
              onInput={(event) => setDate(event.currentTarget.value)}
            />
          </label>
          <label class="field">
            Time at the clinic
            <input type="time" value={time} onInput={(event) => setTime(event.currentTarget.value)} />
          </label>
        </div>
      )}
      <label class="field">
        Speed
        <select
          value={when.perHour ?? ""}
          onChange={(event) => onWhen({ ...when, perHour: Number(event.currentTarget.value) || null })}
        >
          {PACES.map((each) => (
            <option key={each} value={each ?? ""}>
              {pace(each)}
            </option>
          ))}
        </select>
      </label>
      <p class="muted" aria-live="polite">
        {when.perHour ? `It takes ${takes(detail.broadcast.waiting, when.perHour)}. ` : ""}
        Choose a speed at which your team can answer. Nobody gets it in their quiet hours: they get it in the morning.
      </p>
      <footer>
        <button type="button" onClick={onBack}>
          Back
        </button>
        <button type="submit" class="primary" disabled={!isGood}>
          Next: go
        </button>
      </footer>
    </form>
  );
}

interface GoProps {
  detail: Detail;
  when: When;
  attempt: PartProps["attempt"];
  onBack: () => void;
}

export function BroadcastGo({ detail, when, attempt, onBack }: GoProps) {
  const { broadcast, alone, bodies, way, sums } = detail;
  const zone = me.value?.organization.zone ?? "UTC";
  const box = useFirstFocus<HTMLDivElement>("", "button.primary");
  const [found, setFound] = useState<string[] | null>(null);
  const [isBusy, setBusy] = useState(false);
  const needsAnother = broadcast.waiting > alone;
  const go = async () => {
    setBusy(true);
    const at = when.at === null ? null : new Date(when.at).toISOString();
    await attempt(async () => {
      try {
        return await broadcasts.submit(broadcast.id, {
          rev: broadcast.rev,
          at,
          per_hour: when.perHour,
          sure: found !== null,
        });
      } catch (error) {
        if (error instanceof Refused && error.code === "looks_private") return setFound(error.about.found ?? []);
        throw error;
      }
    });
    setBusy(false);
  };
  return (
    <div ref={box} class="broadcast-step">
      <dl class="ways-said">
        <Line name="To">
          {many(broadcast.waiting, "patient")}
          {broadcast.left_out > 0 && `; left out ${leftOut(sums).join(", ")}`}
        </Line>
        <Line name="How">{WAYS[way].name}</Line>
        <Line name="When">
          {when.at === null ? "Now, after a minute in which it can be taken back" : inZone(when.at, zone)}
        </Line>
        <Line name="Speed">{pace(when.perHour)}</Line>
      </dl>
      <blockquote dir="auto">{bodies.en}</blockquote>
      {needsAnother && (
        <p>More than {many(alone, "patient")}: a colleague who did not write it approves it before it goes.</p>
      )}
      {found && (
        <p class="hint bad" role="alert">
          {privateWords(found)}. Send it securely, or send it all the same.
        </p>
      )}
      <footer>
        <button type="button" onClick={onBack}>
          Back
        </button>
        <button type="button" class="primary" disabled={isBusy} onClick={() => void go()}>
          {found
            ? "Send it all the same"
            : needsAnother
              ? "Ask for approval"
              : `Send to ${many(broadcast.waiting, "patient")}`}
        </button>
      </footer>
    </div>
  );
}

function Line({ name, children }: { name: string; children: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
