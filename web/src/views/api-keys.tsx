/** The keys of other programs, and the form that makes one. */

import { useState } from "preact/hooks";
import type { ApiKey } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import * as desk from "../programs.ts";
import { mayOf, SCOPES, type Scope, stateOf } from "../words/programs.ts";
import { type Acts, useActs } from "./acts.tsx";
import { Closing } from "./closing.tsx";
import { useFirstFocus } from "./focus.ts";
import { Icon } from "./icon.tsx";

export function KeyList({ onNew, onClose }: { onNew: () => void; onClose: () => void }) {
  const acts = useActs();
  const { keys = [] } = desk.keys.value ?? {};
  return (
    <>
      {acts.said}
      {keys.length === 0 && <p class="muted">No other program has a key.</p>}
      <ul class="persons">
        {keys.map((each) => (
          <Key key={each.id} one={each} acts={acts} />
        ))}
      </ul>
      <footer>
        <button type="button" onClick={onClose}>
          Close
        </button>
        <button type="button" class="primary" onClick={onNew}>
          Make a key
        </button>
      </footer>
    </>
  );
}

function Key({ one, acts }: { one: ApiKey; acts: Acts }) {
  const works = one.state === "active";
  return (
    <li class={works ? "" : "gone"}>
      <span class="waits">
        <Icon name="lock" />
      </span>
      <span class="grow">
        <strong dir="auto">{one.name}</strong>
        <small class="muted">
          Ends in <code>{one.ending}</code>, made by {one.by}
        </small>
        <small class="muted">May {mayOf(one)}</small>
        <small class="muted">{stateOf(one, clock.now.value)}</small>
      </span>
      {works && (
        <button
          type="button"
          class="link"
          aria-label={`Revoke the key of ${one.name}`}
          onClick={() => void acts.run(() => desk.revokeKey(one))}
        >
          Revoke
        </button>
      )}
    </li>
  );
}

const LIVES = { 30: "30 days", 90: "90 days", 365: "One year" } as const;

export function KeyForm({ onEnd }: { onEnd: () => void }) {
  const acts = useActs();
  const [wish, setWish] = useState<desk.KeyWish>({ name: "", scopes: [], days: 90, teams: null });
  const form = useFirstFocus<HTMLFormElement>();
  const change = (part: Partial<desk.KeyWish>) => setWish({ ...wish, ...part });
  const toggle = (scope: Scope) =>
    change({
      scopes: wish.scopes.includes(scope) ? wish.scopes.filter((each) => each !== scope) : [...wish.scopes, scope],
    });
  const make = (event: Event) => {
    event.preventDefault();
    void acts.run(() => desk.makeKey(wish), onEnd);
  };
  return (
    <>
      {/* A form of its own: it may ask who is there. */}
      {acts.said}
      <form ref={form} onSubmit={make}>
        <label class="field">
          Which program is it for?
          <input
            required
            maxLength={80}
            dir="auto"
            autocomplete="off"
            value={wish.name}
            onInput={(event) => change({ name: event.currentTarget.value })}
          />
        </label>
        <fieldset class="picks">
          <legend>May</legend>
          {(Object.keys(SCOPES) as Scope[]).map((scope) => (
            <label key={scope} class="check">
              <input type="checkbox" checked={wish.scopes.includes(scope)} onChange={() => toggle(scope)} />
              <span>
                {SCOPES[scope].name}
                <small>{SCOPES[scope].detail}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <Teams chosen={wish.teams} onChoose={(teams) => change({ teams })} />
        <label class="field">
          Works for
          <select value={wish.days} onChange={(event) => change({ days: Number(event.currentTarget.value) })}>
            {Object.entries(LIVES).map(([days, words]) => (
              <option key={days} value={days}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <p class="muted small">It stops at once when you revoke it, and when you are no admin any more.</p>
        <Closing leave="Cancel" onLeave={onEnd} isDisabled={!wish.scopes.length || wish.teams?.length === 0}>
          Make the key
        </Closing>
      </form>
    </>
  );
}

function Teams({
  chosen,
  onChoose,
}: {
  chosen: desk.KeyWish["teams"];
  onChoose: (teams: desk.KeyWish["teams"]) => void;
}) {
  const toggle = (team: string) =>
    onChoose(chosen?.includes(team) ? chosen.filter((each) => each !== team) : [...(chosen ?? []), team]);
  return (
    <fieldset class="picks">
      <legend>Teams</legend>
      <label class="check">
        <input type="checkbox" checked={!chosen} onChange={() => onChoose(chosen ? null : [])} />
        <span>All teams</span>
      </label>
      {chosen &&
        desk.keys.value?.teams.map((team) => (
          <label key={team.id} class="check">
            <input type="checkbox" checked={chosen.includes(team.id)} onChange={() => toggle(team.id)} />
            <span dir="auto">{team.name}</span>
          </label>
        ))}
    </fieldset>
  );
}
