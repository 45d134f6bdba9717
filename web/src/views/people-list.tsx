/** Everybody who works at the clinic, who is asked to, and who has left. */

import type { Invitation, Worker } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import * as desk from "../people.ts";
import { ROLES, seen } from "../words/people.ts";
import { until } from "../words/time.ts";
import { type Acts, useActs } from "./acts.tsx";
import { Avatar } from "./avatar.tsx";
import { Icon } from "./icon.tsx";
import type { Step } from "./people-dialog.tsx";

export const namesOf = (teams: readonly string[]): string =>
  (desk.people.value?.teams ?? [])
    .filter((team) => teams.includes(team.id))
    .map((team) => team.name)
    .join(", ");

interface ListProps {
  onStep: (step: Step) => void;
  onClose: () => void;
}

export function PeopleList({ onStep, onClose }: ListProps) {
  const acts = useActs();
  const { people = [], invites = [] } = desk.people.value ?? {};
  return (
    <>
      {acts.said}
      <ul class="persons">
        {invites.map((each) => (
          <Asked key={each.id} invite={each} acts={acts} />
        ))}
        {people.map((each) => (
          <Person key={each.id} person={each} onStep={onStep} />
        ))}
      </ul>
      <footer>
        <button type="button" onClick={onClose}>
          Close
        </button>
        <button type="button" class="primary" onClick={() => onStep({ name: "invite" })}>
          Invite somebody
        </button>
      </footer>
    </>
  );
}

function Person({ person, onStep }: { person: Worker; onStep: (step: Step) => void }) {
  const hasLeft = person.state === "left";
  return (
    <li class={hasLeft ? "gone" : ""}>
      <Avatar id={person.id} initials={person.initials} />
      <span class="grow">
        <button type="button" class="link" onClick={() => onStep({ name: "person", id: person.id })}>
          <strong dir="auto">{person.name}</strong>
        </button>
        <small class="muted">{person.email}</small>
        <small class="muted">
          {hasLeft ? "Does not work here any more" : namesOf(person.teams) || "In no team"}
          {!person.has_code && !hasLeft && " · no authenticator"}
        </small>
      </span>
      <span class="ends">
        <span class={`role ${person.role}`}>{ROLES[person.role]}</span>
        <small class="muted">{seen(person, clock.now.value)}</small>
      </span>
    </li>
  );
}

function Asked({ invite, acts }: { invite: Invitation; acts: Acts }) {
  const now = clock.now.value;
  const how = invite.anew ? "Sets up another authenticator, says" : "Invited by";
  const words = invite.opens
    ? `${how} ${invite.by.name}; the link works until ${until(Date.parse(invite.ends_at), now)}`
    : "The invitation is over";
  return (
    <li>
      <span class="waits">
        <Icon name="mail" />
      </span>
      <span class="grow">
        <strong dir="auto">{invite.name}</strong>
        <small class="muted">{invite.email}</small>
        <small class="muted">{words}</small>
        <span class="does">
          <button
            type="button"
            class="link"
            aria-label={`Send the invitation to ${invite.name} again`}
            onClick={() => void acts.run(() => desk.inviteAgain(invite.id))}
          >
            Send again
          </button>
          <button
            type="button"
            class="link"
            aria-label={`Take the invitation to ${invite.name} back`}
            onClick={() => void acts.run(() => desk.revoke(invite.id))}
          >
            Take back
          </button>
        </span>
      </span>
      <span class="ends">
        <span class={`role ${invite.role}`}>{ROLES[invite.role]}</span>
        <small class="muted">{invite.opens ? (invite.anew ? "waits" : "invited") : "over"}</small>
      </span>
    </li>
  );
}
