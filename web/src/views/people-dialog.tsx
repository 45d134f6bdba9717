/** Who works at the clinic, and in which teams: for its admins. */

import { useEffect, useState } from "preact/hooks";
import * as desk from "../people.ts";
import { heard } from "../people-heard.ts";
import { InviteForm } from "./invite-form.tsx";
import { Modal } from "./modal.tsx";
import { NameForm } from "./name-form.tsx";
import { PeopleList } from "./people-list.tsx";
import { PersonCard } from "./person-card.tsx";
import { SignOn } from "./sign-on.tsx";
import { TeamCard } from "./team-card.tsx";
import { TeamList } from "./team-list.tsx";

export { AccountDialog } from "./account-dialog.tsx";

export type Step =
  | { name: "people" | "teams" | "sign-on" | "invite" | "new-team" }
  | { name: "person"; id: string }
  | { name: "team"; id: string };

export function PeopleDialog({ onClose }: { onClose: () => void }) {
  const [step, setStep] = useState<Step>({ name: "people" });
  const [isFailed, setFailed] = useState(false);
  const changes = heard.value;
  useEffect(() => {
    desk.load().then(
      () => setFailed(false),
      () => setFailed(true),
    );
  }, [changes]);
  return (
    <Modal title={titleOf(step)} onClose={onClose} wide>
      <div class="people">
        {isFailed && <p role="alert">This did not load. Close it and try again.</p>}
        {!desk.people.value && !isFailed && <p class="muted">Loading…</p>}
        {desk.people.value && <Inside step={step} onStep={setStep} onClose={onClose} />}
      </div>
    </Modal>
  );
}

function titleOf(step: Step): string {
  const all = desk.people.value;
  if (step.name === "person") return all?.people.find((each) => each.id === step.id)?.name ?? "Person";
  if (step.name === "team") return all?.teams.find((each) => each.id === step.id)?.name ?? "Team";
  if (step.name === "invite") return "Invite somebody";
  return step.name === "new-team" ? "New team" : "People and teams";
}

interface StepProps {
  step: Step;
  onStep: (step: Step) => void;
  onClose: () => void;
}

function Inside({ step, onStep, onClose }: StepProps) {
  const toPeople = () => onStep({ name: "people" });
  const toTeams = () => onStep({ name: "teams" });
  switch (step.name) {
    case "invite":
      return <InviteForm onEnd={toPeople} />;
    case "new-team":
      return <NewTeam onEnd={toTeams} />;
    case "person":
      return <PersonCard key={step.id} id={step.id} onBack={toPeople} />;
    case "team":
      return <TeamCard key={step.id} id={step.id} onBack={toTeams} />;
  }
  return (
    <>
      <nav class="tabs" aria-label="People and teams">
        <Tab name="people" step={step} onStep={onStep} words="People" />
        <Tab name="teams" step={step} onStep={onStep} words="Teams" />
        <Tab name="sign-on" step={step} onStep={onStep} words="Single sign-on" />
      </nav>
      {step.name === "people" && <PeopleList onStep={onStep} onClose={onClose} />}
      {step.name === "teams" && <TeamList onStep={onStep} onClose={onClose} />}
      {step.name === "sign-on" && <SignOn onClose={onClose} />}
    </>
  );
}

interface TabProps extends Omit<StepProps, "onClose"> {
  name: "people" | "teams" | "sign-on";
  words: string;
}

function Tab({ name, step, onStep, words }: TabProps) {
  return (
    <button type="button" aria-current={step.name === name ? "page" : undefined} onClick={() => onStep({ name })}>
      {words}
    </button>
  );
}

function NewTeam({ onEnd }: { onEnd: () => void }) {
  const [name, setName] = useState("");
  return (
    <NameForm
      label="What is it called?"
      longest={60}
      name={name}
      onName={setName}
      save={(called) => desk.makeTeam(called).then(onEnd)}
      end={onEnd}
      verb="Make the team"
    >
      <p class="muted">Nobody is in it yet, and it has no number. You let people in next.</p>
    </NameForm>
  );
}
