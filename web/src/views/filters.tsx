/** What the list leaves out: each choice shows at once what it does, and what is on goes with one press. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { announce } from "../announce.ts";
import * as filters from "../filters.ts";
import { type Filters, filtersOf, type Name, queryOf } from "../state/filters.ts";
import { me, place, titleOf } from "../store.ts";
import { assigneeName, filterWords, longer } from "../words/filters.ts";
import { LANGUAGES } from "../words/languages.ts";
import { ORDER, WAYS } from "../words/ways.ts";
import { ClearFilters } from "./filter-bar.tsx";
import { Icon } from "./icon.tsx";

/** Those that are on. */
export function Chips() {
  const on = filtersOf(place.value);
  useEffect(() => {
    if (on.assignee) void filters.needCoworkers();
  }, [on.assignee]);
  const words = filterWords(on, filters.coworkers.value);
  return (
    <>
      <ul aria-label="Filters that are on">
        {words.map((each) => (
          <li key={each.name}>
            <button
              type="button"
              aria-label={`Remove the filter “${each.words}”`}
              onClick={() => remove(each.name, each.words)}
            >
              <span dir="auto">{each.words}</span> <Icon name="close" size={13} />
            </button>
          </li>
        ))}
      </ul>
      {words.length > 1 && <ClearFilters />}
    </>
  );
}

/** The focus goes where they are chosen: the button is not there any more. */
function remove(name: Name, words: string): void {
  void filters.change({ [name]: null });
  document.getElementById("filter")?.focus();
  announce(`Removed the filter “${words}”`);
}

type Option = readonly [value: string, words: string];

/** The arrows belong to the fields, and not to the menu around them. */
export function FilterForm({ close }: { close: () => void }) {
  const box = useRef<HTMLFieldSetElement>(null);
  const on = filtersOf(place.value);
  useEffect(() => {
    box.current?.querySelector("select")?.focus();
    void filters.needCoworkers();
  }, []);
  const choose = (name: Name) => (value: string) => void filters.change({ [name]: value || null });
  return (
    <fieldset ref={box} class="filter-form" onKeyDown={(event) => event.key !== "Escape" && event.stopPropagation()}>
      <legend class="menu-title">Filter {titleOf(place.value.team)}</legend>
      <Choice
        label="Assigned to"
        value={on.assignee}
        any="Anybody or nobody"
        options={people(on)}
        on={choose("assignee")}
      />
      <Choice label="Patient reads" value={on.language} options={Object.entries(LANGUAGES)} on={choose("language")} />
      <Choice label="Goes by" value={on.way} options={ORDER.map((way) => [way, WAYS[way].name])} on={choose("way")} />
      <Choice label="Tag" value={on.tag} options={tags(on)} on={choose("tag")} />
      <Waiting minutes={on.waiting} />
      <footer>
        {queryOf(on) && <ClearFilters />}
        <button type="button" onClick={close}>
          Close
        </button>
      </footer>
    </fieldset>
  );
}

/** Me, nobody, and who is in the teams of this list; and whoever is chosen, also if they have left since. */
function people({ assignee }: Filters): Option[] {
  const mine = me.value?.user.id ?? "";
  const known: Option[] = [
    [mine, "You"],
    ["nobody", "Nobody"],
    ...filters.inScope().map((each) => [each.id, each.name] as const),
  ];
  if (!assignee || known.some(([id]) => id === assignee)) return known;
  return [...known, [assignee, assigneeName(assignee, filters.coworkers.value)]];
}

function tags({ tag }: Filters): Option[] {
  const all = (me.value?.tags ?? []).map((each) => [each.id, each.name] as const);
  return tag && !all.some(([id]) => id === tag) ? [...all, [tag, "A retired tag"]] : all;
}

interface ChoiceProps {
  label: string;
  value: string | undefined;
  any?: string;
  options: readonly Option[];
  on: (value: string) => void;
  children?: ComponentChildren;
}

function Choice({ label, value = "", any = "Any", options, on, children }: ChoiceProps) {
  if (options.length === 0) return null;
  return (
    <label>
      {label}
      <select class={value ? "on" : ""} value={value} onChange={(event) => on(event.currentTarget.value)}>
        <option value="">{any}</option>
        {options.map(([each, words]) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
        {children}
      </select>
    </label>
  );
}

const USUAL = [15, 30, 60, 120, 240, 1440];

function Waiting({ minutes }: { minutes: number | undefined }) {
  const [isOther, setOther] = useState(false);
  const all = minutes && !USUAL.includes(minutes) ? [...USUAL, minutes] : USUAL;
  const choose = (value: string) => {
    setOther(value === "other");
    if (value !== "other") void filters.change({ waiting: Number(value) || null });
  };
  return (
    <>
      <Choice
        label="Waiting longer than"
        value={isOther ? "other" : minutes?.toString()}
        options={all.sort((one, other) => one - other).map((each) => [`${each}`, longer(each)])}
        on={choose}
      >
        <option value="other">Other…</option>
      </Choice>
      {isOther && <OtherWait onEnd={() => setOther(false)} />}
    </>
  );
}

const LONGEST = 10_080;

/** A week at most, as the server takes it. */
function OtherWait({ onEnd }: { onEnd: () => void }) {
  const [many, setMany] = useState("");
  const [unit, setUnit] = useState(60);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const minutes = /^\d{1,5}$/.test(many.trim()) ? Number(many) * unit : 0;
  const isFine = minutes >= 1 && minutes <= LONGEST;
  const show = (event: Event) => {
    event.preventDefault();
    if (!isFine) return field.current?.focus();
    void filters.change({ waiting: minutes });
    onEnd();
  };
  return (
    <form class="other-wait" onSubmit={show}>
      <input
        ref={field}
        inputMode="numeric"
        autoComplete="off"
        aria-label="How long"
        aria-describedby="other-wait"
        value={many}
        onInput={(event) => setMany(event.currentTarget.value)}
      />
      <select aria-label="Unit" onChange={(event) => setUnit(Number(event.currentTarget.value))}>
        <option value="60">hours</option>
        <option value="1">minutes</option>
      </select>
      <button type="submit">Show</button>
      <small id="other-wait" class="muted">
        {many && !isFine ? "From 1 minute to 7 days (168 hours)." : "By the clock on the wall, open or closed."}
      </small>
    </form>
  );
}
