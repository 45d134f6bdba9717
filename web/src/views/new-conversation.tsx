/** One box for name, phone, e-mail or MRN; then the patient, or a new one; then the team if there are several. */

import { useEffect, useState } from "preact/hooks";
import type { Patient } from "../../../realtime/client/wire.gen.ts";
import * as desk from "../desk.ts";
import * as reads from "../reads.ts";
import { me, place, toast } from "../store.ts";
import * as threads from "../threads.ts";
import { phone } from "../words/phone.ts";
import { AddPatient } from "./add-patient.tsx";
import { Avatar } from "./avatar.tsx";
import { focusComposer, useFirstFocus } from "./focus.ts";
import { Icon } from "./icon.tsx";
import { Modal } from "./modal.tsx";

type Step = { name: "find" } | { name: "add" } | { name: "team"; patient: Patient };

/** The teams this person may write in. */
const myTeams = () => me.value?.teams.filter((team) => team.is_member) ?? [];

export function NewConversation({ onClose }: { onClose: () => void }) {
  const [step, setStep] = useState<Step>({ name: "find" });
  const [text, setText] = useState("");
  const choose = (patient: Patient) => {
    const teams = myTeams();
    const here = teams.find((team) => team.id === place.value.team) ?? (teams.length === 1 ? teams[0] : undefined);
    if (teams.length === 0) observe(patient);
    else if (here) void start(patient, here.id);
    else setStep({ name: "team", patient });
  };
  const observe = (patient: Patient) => {
    const known = patient.conversations[0];
    if (!known) return toast(`Nobody has written with ${patient.name} yet`);
    onClose();
    void threads.open(known.id);
  };
  const start = async (patient: Patient, team: string) => {
    await desk.startWith(patient.id, team);
    focusComposer();
  };
  return (
    <Modal title={step.name === "add" ? "Add a patient" : "Find a patient"} onClose={onClose}>
      {step.name === "find" && (
        <Find text={text} onText={setText} onChoose={choose} onAdd={() => setStep({ name: "add" })} />
      )}
      {step.name === "add" && <AddPatient typed={text} onAdded={choose} onBack={() => setStep({ name: "find" })} />}
      {step.name === "team" && (
        <ChooseTeam patient={step.patient} onChoose={(team) => void start(step.patient, team)} />
      )}
    </Modal>
  );
}

interface FindProps {
  text: string;
  onText: (text: string) => void;
  onChoose: (patient: Patient) => void;
  onAdd: () => void;
}

function Find({ text, onText, onChoose, onAdd }: FindProps) {
  const { found, isFailed } = useFound(text);
  const [at, setAt] = useState(0);
  const steer = (event: KeyboardEvent) => {
    const count = found?.length ?? 0;
    if (event.key === "ArrowDown") setAt(Math.min(count, at + 1));
    else if (event.key === "ArrowUp") setAt(Math.max(0, at - 1));
    else if (event.key === "Enter" && found) {
      const patient = found[at];
      if (patient) onChoose(patient);
      else onAdd();
    } else return;
    event.preventDefault();
  };
  const box = useFirstFocus<HTMLDivElement>();
  return (
    <div class="find" ref={box}>
      <label>
        Name, phone, e-mail or MRN
        <input
          type="text"
          role="combobox"
          aria-expanded={found !== null}
          aria-controls="found"
          aria-activedescendant={found ? `found-${at}` : undefined}
          autocomplete="off"
          value={text}
          onInput={(event) => {
            onText(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={steer}
        />
      </label>
      {isFailed && <p class="hint bad">Search is not available. Try again in a moment.</p>}
      {found && (
        <div id="found" role="listbox" aria-label="Patients" class="found">
          {found.map((patient, index) => (
            <Found key={patient.id} patient={patient} index={index} isAt={index === at} onChoose={onChoose} />
          ))}
          <button
            type="button"
            role="option"
            id={`found-${found.length}`}
            aria-selected={at === found.length}
            class="item add"
            onClick={onAdd}
          >
            <Icon name="plus" /> Add “{text.trim()}” as a patient
          </button>
        </div>
      )}
    </div>
  );
}

interface FoundProps {
  patient: Patient;
  index: number;
  isAt: boolean;
  onChoose: (patient: Patient) => void;
}

/** Birth year and last digits, so that two Maria Garcias differ. */
function Found({ patient, index, isAt, onChoose }: FoundProps) {
  const marks = [
    patient.date_of_birth && `born ${patient.date_of_birth.slice(0, 4)}`,
    patient.phone && `phone ··${patient.phone.slice(-2)}`,
    patient.email && "e-mail",
    patient.mrn && `MRN ${patient.mrn}`,
  ];
  return (
    <button
      type="button"
      role="option"
      id={`found-${index}`}
      aria-selected={isAt}
      class="item"
      onClick={() => onChoose(patient)}
    >
      <Avatar id={patient.id} initials={patient.initials} />
      <span class="grow">
        {patient.name}
        <small>{marks.filter(Boolean).join(" · ")}</small>
      </span>
      {patient.conversations.length > 0 && <span class="tag">has a conversation</span>}
    </button>
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
            <small>{team.numbers.map(phone).join(" · ")}</small>
          </span>
        </button>
      ))}
    </div>
  );
}

/** What the directory finds, asked 200 ms after the last key; the old answer stays until the new one is here. */
function useFound(text: string): { found: Patient[] | null; isFailed: boolean } {
  const [found, setFound] = useState<Patient[] | null>(null);
  const [isFailed, setFailed] = useState(false);
  useEffect(() => {
    const wanted = text.trim();
    if (wanted.length < 2) return setFound(null);
    const asked = new AbortController();
    const ask = async () => {
      try {
        setFound(await reads.findPatients(wanted, asked.signal));
        setFailed(false);
      } catch {
        if (!asked.signal.aborted) setFailed(true);
      }
    };
    const timer = setTimeout(() => void ask(), 200);
    return () => {
      clearTimeout(timer);
      asked.abort();
    };
  }, [text]);
  return { found, isFailed };
}
