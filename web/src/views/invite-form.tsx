/** Somebody is asked to work here, by mail. */

import { useState } from "preact/hooks";
import * as desk from "../people.ts";
import { toast } from "../store.ts";
import { MAY, ROLES } from "../words/people.ts";
import { useActs } from "./acts.tsx";
import { Closing } from "./closing.tsx";
import { useFirstFocus } from "./focus.ts";

export function InviteForm({ onEnd }: { onEnd: () => void }) {
  const acts = useActs();
  const [wish, setWish] = useState<desk.Wish>({ email: "", name: "", role: "member", teams: [] });
  const form = useFirstFocus<HTMLFormElement>();
  const change = (part: Partial<desk.Wish>) => setWish({ ...wish, ...part });
  const done = () => {
    onEnd();
    toast(`An invitation is on its way to ${wish.email}`);
  };
  const send = (event: Event) => {
    event.preventDefault();
    void acts.run(() => desk.invite(wish), done);
  };
  return (
    <>
      {/* A form of its own: it may ask who is there. */}
      {acts.said}
      <form ref={form} onSubmit={send}>
        <label class="field">
          E-mail address
          <input
            type="email"
            required
            maxLength={254}
            autocomplete="off"
            value={wish.email}
            onInput={(event) => change({ email: event.currentTarget.value })}
          />
        </label>
        <label class="field">
          Name, as patients and colleagues read it
          <input
            required
            maxLength={80}
            dir="auto"
            autocomplete="off"
            value={wish.name}
            onInput={(event) => change({ name: event.currentTarget.value })}
          />
        </label>
        <Roles chosen={wish.role} onChoose={(role) => change({ role })} />
        <Teams chosen={wish.teams} onChoose={(teams) => change({ teams })} />
        <p class="muted small">
          They get a mail with a link that works once, for three days. There they choose a password and connect an
          authenticator. Nothing about patients is in it.
        </p>
        <Closing leave="Cancel" onLeave={onEnd}>
          Send the invitation
        </Closing>
      </form>
    </>
  );
}

function Roles({ chosen, onChoose }: { chosen: desk.Role; onChoose: (role: desk.Role) => void }) {
  return (
    <fieldset class="picks">
      <legend>May do</legend>
      {(Object.keys(ROLES) as desk.Role[]).map((role) => (
        <label key={role} class="check">
          <input type="radio" name="role" checked={chosen === role} onChange={() => onChoose(role)} />
          <span>
            {ROLES[role]}
            <small>{MAY[role]}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Teams({ chosen, onChoose }: { chosen: readonly string[]; onChoose: (teams: readonly string[]) => void }) {
  const toggle = (team: string) =>
    onChoose(chosen.includes(team) ? chosen.filter((each) => each !== team) : [...chosen, team]);
  return (
    <fieldset class="picks">
      <legend>Teams</legend>
      {desk.people.value?.teams.map((team) => (
        <label key={team.id} class="check">
          <input type="checkbox" checked={chosen.includes(team.id)} onChange={() => toggle(team.id)} />
          <span dir="auto">{team.name}</span>
        </label>
      ))}
    </fieldset>
  );
}
