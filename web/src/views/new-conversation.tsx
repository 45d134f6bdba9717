/**
 * One box for name, phone, e-mail or MRN; then the patient, or a new one; then the team if there are several. Or a
 * coworker, who is called on in a note. Whom we have not written with yet, or whose phone is shared, comes with the
 * three ways to choose from.
 */

import type { ComponentProps } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Patient } from "../../../realtime/client/wire.gen.ts";
import * as desk from "../desk.ts";
import { lateDialogs } from "../parts.ts";
import { draftOf, me, place, thread, toast } from "../store.ts";
import * as threads from "../threads.ts";
import { numberOf } from "../words/numbers.ts";
import { isShared } from "../words/patients.ts";
import { type Choice, standsOn } from "../words/ways.ts";
import type { AddPatient } from "./add-patient.tsx";
import { chooseWay } from "./composer.tsx";
import { Coworkers } from "./coworkers.tsx";
import { Find } from "./find-patient.tsx";
import { focusComposer, useFirstFocus } from "./focus.ts";
import { Icon } from "./icon.tsx";
import { Modal } from "./modal.tsx";
import { NewWay } from "./new-way.tsx";
import { PartWait } from "./waiting.tsx";

type Step =
  | { name: "find" | "coworker" | "add" }
  | { name: "team"; patient: Patient }
  | { name: "way"; patient: Patient; team: string };

const TITLES = {
  find: "Find a patient",
  coworker: "Find a coworker",
  add: "Add a patient",
  team: "New conversation",
  way: "How to write",
} as const;

/** The teams this person may write in. */
const myTeams = () => me.value?.teams.filter((team) => team.is_member) ?? [];

interface NewConversationProps {
  /** Somebody who was found already. */
  patient?: Patient | undefined;
  onClose: () => void;
}

export function NewConversation({ patient: found, onClose }: NewConversationProps) {
  const [step, setStep] = useState<Step>(found ? { name: "team", patient: found } : { name: "find" });
  const [text, setText] = useState("");
  const choose = (patient: Patient) => {
    const teams = myTeams();
    const here = teams.find((team) => team.id === place.value.team) ?? (teams.length === 1 ? teams[0] : undefined);
    if (teams.length === 0) observe(patient);
    else if (here) write(patient, here.id);
    else setStep({ name: "team", patient });
  };
  const observe = (patient: Patient) => {
    const known = patient.conversations[0];
    if (!known) return toast(`Nobody has written with ${patient.name} yet`);
    onClose();
    void threads.open(known.id);
  };
  const write = (patient: Patient, team: string) => {
    const isKnown = patient.conversations.some((each) => each.team === team);
    if (isKnown && !isShared(patient)) void start(patient, team);
    else setStep({ name: "way", patient, team });
  };
  const start = async (patient: Patient, team: string, choice: Choice | null = null, number?: string) => {
    await desk.startWith(patient.id, team, number);
    const open = thread.value;
    focusComposer();
    if (!choice || open?.patient.id !== patient.id) return;
    if (standsOn(open.patient, draftOf(open.row.id).via).choice !== choice) chooseWay(open, choice);
  };
  return (
    <Modal title={TITLES[step.name]} onClose={onClose} wide={step.name === "way"}>
      {(step.name === "find" || step.name === "coworker") && (
        <Whom isCoworker={step.name === "coworker"} onChoose={(name) => setStep({ name })} />
      )}
      {step.name === "coworker" && <Coworkers text={text} onText={setText} onClose={onClose} />}
      {step.name === "find" && (
        <Find text={text} onText={setText} onChoose={choose} onAdd={() => setStep({ name: "add" })} />
      )}
      {step.name === "add" && <Add typed={text} onAdded={choose} onBack={() => setStep({ name: "find" })} />}
      {step.name === "team" && <ChooseTeam patient={step.patient} onChoose={(team) => write(step.patient, team)} />}
      {step.name === "way" && (
        <NewWay
          patient={step.patient}
          team={step.team}
          onBack={() => (found ? onClose() : setStep({ name: "find" }))}
          onStart={(choice, number) => start(step.patient, step.team, choice, number)}
        />
      )}
    </Modal>
  );
}

/** The form comes after the first view, as it is not everybody's first step. */
function Add(props: ComponentProps<typeof AddPatient>) {
  const here = lateDialogs.here.value;
  useEffect(() => void lateDialogs.load(), []);
  if (here) return <here.AddPatient {...props} />;
  return <PartWait part={lateDialogs} />;
}

interface WhomProps {
  isCoworker: boolean;
  onChoose: (name: "find" | "coworker") => void;
}

function Whom({ isCoworker, onChoose }: WhomProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: two buttons that belong together, and no fields.
    <div class="modes" role="group" aria-label="Whom to write to">
      <button type="button" aria-pressed={!isCoworker} onClick={() => onChoose("find")}>
        <Icon name="chat" size={14} /> Patient
      </button>
      <button type="button" aria-pressed={isCoworker} onClick={() => onChoose("coworker")}>
        <Icon name="team" size={14} /> Coworker
      </button>
    </div>
  );
}

function ChooseTeam({ patient, onChoose }: { patient: Patient; onChoose: (team: string) => void }) {
  const box = useFirstFocus<HTMLDivElement>();
  return (
    <div class="found" ref={box}>
      <p>From which team do you write to {patient.first_name || patient.name}?</p>
      {myTeams().map((team) => (
        <button key={team.id} type="button" class="item" onClick={() => onChoose(team.id)}>
          <Icon name="team" />
          <span class="grow">
            {team.name}
            <small>{team.numbers.map((each) => numberOf(team, each)).join(" · ")}</small>
          </span>
        </button>
      ))}
    </div>
  );
}
