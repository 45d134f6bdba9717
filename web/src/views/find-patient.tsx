/** One box that finds patients by name, phone, e-mail or MRN. */

import { useEffect, useState } from "preact/hooks";
import type { Patient } from "../../../realtime/client/wire.gen.ts";
import * as reads from "../reads.ts";
import { isShared } from "../words/patients.ts";
import { anyDoubt } from "../words/typed.ts";
import { Avatar } from "./avatar.tsx";
import { Doubted } from "./doubted.tsx";
import { useFirstFocus } from "./focus.ts";
import { Icon } from "./icon.tsx";

interface FindProps {
  text: string;
  onText: (text: string) => void;
  onChoose: (patient: Patient) => void;
  /** Absent where only who is known can be meant. */
  onAdd?: () => void;
}

export function Find({ text, onText, onChoose, onAdd }: FindProps) {
  const { found, isFailed } = useFound(text);
  const [at, setAt] = useState(0);
  const steer = (event: KeyboardEvent) => {
    const count = (found?.length ?? 0) - (onAdd ? 0 : 1);
    if (event.key === "ArrowDown") setAt(Math.max(0, Math.min(count, at + 1)));
    else if (event.key === "ArrowUp") setAt(Math.max(0, at - 1));
    else if (event.key === "Enter" && found) {
      const patient = found[at];
      if (patient) onChoose(patient);
      else onAdd?.();
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
      <Advice text={text} found={found} onText={onText} />
      {isFailed && <p class="hint bad">Search is not available. Try again in a moment.</p>}
      {found && (
        <div id="found" role="listbox" aria-label="Patients" class="found">
          {found.map((patient, index) => (
            <Found key={patient.id} patient={patient} index={index} isAt={index === at} onChoose={onChoose} />
          ))}
          {onAdd && (
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
          )}
        </div>
      )}
    </div>
  );
}

interface AdviceProps {
  text: string;
  found: readonly Patient[] | null;
  onText: (text: string) => void;
}

/** What is wrong with what was typed, or that it leads to several people. */
function Advice({ text, found, onText }: AdviceProps) {
  const sharing = found?.filter(isShared) ?? [];
  if (sharing.length > 1 && sharing.every((each) => each.phone === sharing[0]?.phone)) {
    return (
      <p class="hint warn" role="status">
        <Icon name="alert" size={14} /> This phone is shared by {sharing.length} patients. Choose whom you mean.
      </p>
    );
  }
  return found?.length ? null : <Doubted doubt={anyDoubt(text)} onTake={onText} />;
}

interface FoundProps {
  patient: Patient;
  index: number;
  isAt: boolean;
  onChoose: (patient: Patient) => void;
}

/** Birth year and last digits, so that two Maria Garcias differ. */
export function marksOf(patient: Patient): string {
  const marks = [
    patient.date_of_birth && `born ${patient.date_of_birth.slice(0, 4)}`,
    patient.phone && `${isShared(patient) ? "shared phone" : "phone"} ··${patient.phone.slice(-2)}`,
    patient.email && "e-mail",
    patient.mrn && `MRN ${patient.mrn}`,
  ];
  return marks.filter(Boolean).join(" · ");
}

function Found({ patient, index, isAt, onChoose }: FoundProps) {
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
        <small>{marksOf(patient)}</small>
      </span>
      {patient.deceased_at && <span class="tag">deceased</span>}
      {patient.archived_at && <span class="tag">archived</span>}
      {patient.conversations.length > 0 && <span class="tag">has a conversation</span>}
    </button>
  );
}

/** What the directory finds, asked 200 ms after the last key; the old answer stays until the new one is here. */
export function useFound(text: string): { found: Patient[] | null; isFailed: boolean } {
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
