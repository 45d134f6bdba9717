/** Who is on call for a team by the week, and on which dates it is somebody else. */

import { useEffect, useState } from "preact/hooks";
import type { Rota, RotaDate, TeamRota } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import { Refused } from "../http.ts";
import * as plans from "../rota.ts";
import { toast } from "../store.ts";
import { dayAfter, WEEKDAYS } from "../words/hours.ts";
import { inWords } from "../words/refusals.ts";
import { dateIn } from "../words/zones.ts";
import { Closing } from "./closing.tsx";
import { Icon } from "./icon.tsx";
import { Turns } from "./rota-fields.tsx";

export function RotaForm({ team, onClose }: { team: string; onClose: () => void }) {
  const [found, setFound] = useState<TeamRota | "failed" | null>(null);
  useEffect(() => void plans.plan(team).then(setFound, () => setFound("failed")), []);
  if (found === "failed") return <p role="alert">The plan did not load. Close this and try again.</p>;
  return found ? <Form found={found} onClose={onClose} /> : <p class="muted">Loading…</p>;
}

function Form({ found, onClose }: { found: TeamRota; onClose: () => void }) {
  const [rota, setRota] = useState<Required<Rota>>({ dates: [], ...found.rota });
  const [refused, setRefused] = useState<Refused | null>(null);
  const { choices } = found;
  const save = async (event: Event) => {
    event.preventDefault();
    try {
      await plans.change(found.team, rota);
      onClose();
      toast("Plan saved");
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefused(error);
    }
  };
  const [monday = []] = rota.week;
  return (
    <form onSubmit={(event) => void save(event)}>
      <p class="muted">
        On the clinic’s clock ({found.zone.replace("_", " ")}). A turn that ends before it begins ends on the next day.
        Whoever is put on call until a time is it instead, until then.
      </p>
      <div class="week">
        {WEEKDAYS.map((name, at) => (
          <fieldset key={name} class="weekday">
            <legend>{name}</legend>
            <Turns
              of={name}
              turns={rota.week[at] ?? []}
              choices={choices}
              onChange={(turns) =>
                setRota({ ...rota, week: rota.week.map((day, each) => (each === at ? turns : day)) })
              }
            />
            {at === 0 && monday.length > 0 && (
              <button type="button" class="link" onClick={() => setRota({ ...rota, week: WEEKDAYS.map(() => monday) })}>
                The same every day
              </button>
            )}
          </fieldset>
        ))}
      </div>
      <Dates found={found} dates={rota.dates} onChange={(dates) => setRota({ ...rota, dates })} />
      {refused && (
        <p class="hint bad" role="alert">
          {inWords(refused)}.
        </p>
      )}
      <Closing onLeave={onClose}>Save the plan</Closing>
    </form>
  );
}

interface DatesProps {
  found: TeamRota;
  dates: readonly RotaDate[];
  onChange: (dates: RotaDate[]) => void;
}

function Dates({ found, dates, onChange }: DatesProps) {
  const change = (at: number, part: Partial<RotaDate>) =>
    onChange(dates.map((each, place) => (place === at ? { ...each, ...part } : each)));
  const add = () => {
    const date = dayAfter(dates.at(-1)?.date || dateIn(found.zone, clock.now.value));
    onChange([...dates, { date, turns: [] }]);
  };
  return (
    <section class="rota-dates" aria-labelledby="rota-dates">
      <h3 id="rota-dates">On these dates instead</h3>
      {dates.map((each, at) => (
        <fieldset key={at} class="weekday">
          <legend class="hidden">{each.date}</legend>
          <span class="span">
            <input
              type="date"
              required
              aria-label="Date"
              value={each.date}
              onInput={(event) => change(at, { date: event.currentTarget.value })}
            />
            <button
              type="button"
              class="icon-button"
              aria-label={`Remove ${each.date}`}
              onClick={() => onChange(dates.filter((_, place) => place !== at))}
            >
              <Icon name="close" />
            </button>
          </span>
          <Turns
            of={each.date}
            turns={each.turns}
            choices={found.choices}
            onChange={(turns) => change(at, { turns })}
          />
        </fieldset>
      ))}
      <button type="button" class="link" onClick={add}>
        Add a date
      </button>
    </section>
  );
}
