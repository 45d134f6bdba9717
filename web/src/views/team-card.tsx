/** One team: its name, who is in it, and who let them in. */

import { useEffect, useState } from "preact/hooks";
import type { ClinicTeam, MembershipStep } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import * as desk from "../people.ts";
import { sentence } from "../words/time.ts";
import { type Acts, useActs } from "./acts.tsx";
import { NameForm } from "./name-form.tsx";
import { membersOf } from "./team-list.tsx";

export function TeamCard({ id, onBack }: { id: string; onBack: () => void }) {
  const acts = useActs();
  const [isNaming, setNaming] = useState(false);
  const team = desk.people.value?.teams.find((each) => each.id === id);
  if (!team) return <Gone onBack={onBack} />;
  if (isNaming) return <Rename team={team} onEnd={() => setNaming(false)} />;
  return (
    <>
      {acts.said}
      <Members team={team} acts={acts} />
      <History team={team.id} />
      <p class="does">
        <button type="button" class="link" onClick={() => setNaming(true)}>
          Rename
        </button>
        <button type="button" class="link" onClick={() => void acts.run(() => desk.deleteTeam(team.id), onBack)}>
          Delete
        </button>
      </p>
      <footer>
        <button type="button" onClick={onBack}>
          Back
        </button>
      </footer>
    </>
  );
}

function Gone({ onBack }: { onBack: () => void }) {
  return (
    <>
      <p>This team is not here any more.</p>
      <footer>
        <button type="button" onClick={onBack}>
          Back
        </button>
      </footer>
    </>
  );
}

function Rename({ team, onEnd }: { team: ClinicTeam; onEnd: () => void }) {
  const [name, setName] = useState(team.name);
  return (
    <NameForm
      label="What is it called?"
      longest={60}
      name={name}
      onName={setName}
      save={(called) => desk.renameTeam(team.id, called).then(onEnd)}
      end={onEnd}
      verb="Rename"
    >
      <p class="muted">Everything of the team stays. Patients read the name on their page.</p>
    </NameForm>
  );
}

function Members({ team, acts }: { team: ClinicTeam; acts: Acts }) {
  const inside = membersOf(team.id);
  const others = desk.people.value?.people.filter((each) => each.state === "active" && !inside.includes(each)) ?? [];
  const letIn = (select: HTMLSelectElement) => {
    const user = select.value;
    select.value = "";
    if (user) void acts.run(() => desk.letIn(team.id, user));
  };
  return (
    <>
      <ul class="persons">
        {inside.map((each) => (
          <li key={each.id}>
            <span class="grow" dir="auto">
              {each.name}
            </span>
            <button
              type="button"
              class="link"
              aria-label={`Take ${each.name} out`}
              onClick={() => void acts.run((sure) => desk.takeOut(team.id, each.id, sure))}
            >
              Take out
            </button>
          </li>
        ))}
        {inside.length === 0 && <li class="nobody">Nobody is in this team.</li>}
      </ul>
      <label class="field">
        Let somebody in
        <select onChange={(event) => letIn(event.currentTarget)}>
          <option value="">Choose a person…</option>
          {others.map((each) => (
            <option key={each.id} value={each.id}>
              {each.name}
            </option>
          ))}
        </select>
      </label>
      <p class="muted small">
        Whoever is let in sees all its past and present conversations. Whoever is taken out sees nothing of it any more,
        and their conversations are nobody’s.
      </p>
    </>
  );
}

function History({ team }: { team: string }) {
  const [steps, setSteps] = useState<readonly MembershipStep[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [isFailed, setFailed] = useState(false);
  const stands = membersOf(team)
    .map((each) => each.id)
    .join();
  const load = async (after: string | null) => {
    try {
      const page = await desk.history(team, after);
      setSteps((before) => (after ? [...before, ...page.steps] : page.steps));
      setNext(page.next);
      setFailed(false);
    } catch {
      setFailed(true);
    }
  };
  useEffect(() => void load(null), [stands]);
  return (
    <details>
      <summary>Who let whom in</summary>
      {isFailed && <p role="alert">This did not load. Close it and try again.</p>}
      <ul class="small">
        {steps.map((step) => (
          <li key={step.id}>
            {sentence(step.at, clock.now.value)}: {step.by?.name ?? "BloomText"}{" "}
            {step.began ? `let ${step.who.name} in` : `took ${step.who.name} out`}
          </li>
        ))}
      </ul>
      {next && (
        <button type="button" class="link" onClick={() => void load(next)}>
          Show older
        </button>
      )}
    </details>
  );
}
