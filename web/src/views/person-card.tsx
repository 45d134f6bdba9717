/** One person: what they may do, their teams, and how they leave. */

import { useState } from "preact/hooks";
import type { Worker } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import * as desk from "../people.ts";
import { me, toast } from "../store.ts";
import { MAY, ROLES, seen } from "../words/people.ts";
import { type Acts, useActs } from "./acts.tsx";
import { Closing } from "./closing.tsx";

export function PersonCard({ id, onBack }: { id: string; onBack: () => void }) {
  const acts = useActs();
  const person = desk.people.value?.people.find((each) => each.id === id);
  if (!person) return <p>This person is not here any more.</p>;
  return (
    <>
      <p class="muted">
        {person.email} · {seen(person, clock.now.value)} ·{" "}
        {person.has_code ? "signs in with a password and an authenticator" : "has no authenticator"}
      </p>
      {acts.said}
      {person.state === "left" ? <Left person={person} acts={acts} /> : <Works person={person} acts={acts} />}
      <footer>
        <button type="button" onClick={onBack}>
          Back
        </button>
      </footer>
    </>
  );
}

interface PartProps {
  person: Worker;
  acts: Acts;
}

function Left({ person, acts }: PartProps) {
  return (
    <>
      <p>What {person.name} wrote stays under their name. They cannot sign in.</p>
      <p>
        <button type="button" onClick={() => void acts.run(() => desk.comeBack(person.id))}>
          Let them come back
        </button>
      </p>
      <p class="muted small">They come back as a member of no team, with the password and authenticator they had.</p>
    </>
  );
}

function Works({ person, acts }: PartProps) {
  return (
    <>
      <RolePick person={person} acts={acts} />
      <TeamPick person={person} acts={acts} />
      <Ends person={person} acts={acts} />
      {person.id !== me.value?.user.id && <LostPhone person={person} acts={acts} />}
    </>
  );
}

function RolePick({ person, acts }: PartProps) {
  return (
    <fieldset class="picks">
      <legend>May do</legend>
      {(Object.keys(ROLES) as desk.Role[]).map((role) => (
        <label key={role} class="check">
          <input
            type="radio"
            name="role"
            checked={person.role === role}
            onClick={(event) => {
              // It stands where it stood until the server has said yes.
              event.preventDefault();
              if (person.role !== role) void acts.run(() => desk.changeRole(person.id, role));
            }}
          />
          <span>
            {ROLES[role]}
            <small>{MAY[role]}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function TeamPick({ person, acts }: PartProps) {
  const change = (team: string, isIn: boolean) =>
    acts.run((sure) => (isIn ? desk.takeOut(team, person.id, sure) : desk.letIn(team, person.id)));
  return (
    <fieldset class="picks">
      <legend>Teams</legend>
      {desk.people.value?.teams.map((team) => {
        const isIn = person.teams.includes(team.id);
        return (
          <label key={team.id} class="check">
            <input
              type="checkbox"
              checked={isIn}
              onClick={(event) => {
                event.preventDefault();
                void change(team.id, isIn);
              }}
            />
            <span dir="auto">{team.name}</span>
          </label>
        );
      })}
      <p class="muted small">Whoever is let in sees all past and present conversations of the team at once.</p>
    </fieldset>
  );
}

function Ends({ person, acts }: PartProps) {
  const [isAsked, setAsked] = useState(false);
  const isMe = person.id === me.value?.user.id;
  const done = () => {
    setAsked(false);
    toast(`${person.name} does not work here any more`);
  };
  if (isAsked) {
    return (
      <div class="asks">
        <p>
          <strong>{person.name} is signed out everywhere and cannot sign in.</strong> Their conversations are nobody’s
          again; what they wrote stays. What they wrote for later goes out, unless a colleague cancels it.
        </p>
        <Closing
          onLeave={() => setAsked(false)}
          onAct={() => void acts.run((sure) => desk.leave(person.id, sure), done)}
        >
          They have left
        </Closing>
      </div>
    );
  }
  return (
    <p class="does">
      <button
        type="button"
        class="link"
        onClick={() =>
          void acts.run(
            () => desk.signOut(person.id),
            () => toast(`${person.name} is signed out`),
          )
        }
      >
        {isMe ? "Sign me out everywhere else" : "Sign them out everywhere"}
      </button>
      <button type="button" class="link" onClick={() => setAsked(true)}>
        {isMe ? "I leave the clinic" : "They leave the clinic"}
      </button>
    </p>
  );
}

/** They lost what they prove themselves with, and the paper with the codes too. */
function LostPhone({ person, acts }: PartProps) {
  const [isAsked, setAsked] = useState(false);
  if (!isAsked) {
    return (
      <p class="does">
        <button type="button" class="link" onClick={() => setAsked(true)}>
          They lost their authenticator…
        </button>
      </p>
    );
  }
  const done = () => {
    setAsked(false);
    toast(`${person.name} gets a mail with a link`);
  };
  return (
    <div class="asks">
      <p>
        <strong>Make sure that it is {person.name} who asks.</strong> Their authenticator, recovery codes and passkeys
        stop working, and they are signed out everywhere. A mail to {person.email} has a link: with their password they
        set up another authenticator. They and all administrators are told.
      </p>
      <Closing onLeave={() => setAsked(false)} onAct={() => void acts.run(() => desk.resetFactors(person.id), done)}>
        Send them the link
      </Closing>
    </div>
  );
}
