/** Whose texts these are: a patient of the directory, or a new one with this phone. */

import { useState } from "preact/hooks";
import type { Patient, Stray } from "../../../realtime/client/wire.gen.ts";
import { Refused } from "../http.ts";
import * as strays from "../strays.ts";
import { inWords } from "../words/refusals.ts";
import { Closing } from "./closing.tsx";
import { Find } from "./find-patient.tsx";
import { useFirstFocus } from "./focus.ts";
import { Modal } from "./modal.tsx";

interface StrayDialogProps {
  stray: Stray;
  step: "attach" | "add";
  onClose: () => void;
}

export function StrayDialog({ stray, step, onClose }: StrayDialogProps) {
  const [now, setNow] = useState(step);
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<Patient | null>(null);
  const isAdding = now === "add";
  return (
    <Modal title={isAdding ? "A new patient with this phone" : "Whose texts are these?"} onClose={onClose}>
      <p class="muted">
        {stray.sender_display}: “{stray.texts.at(-1)?.body.slice(0, 120)}”
      </p>
      {chosen && <Sure stray={stray} patient={chosen} onBack={() => setChosen(null)} />}
      {!chosen && !isAdding && <Find text={text} onText={setText} onChoose={setChosen} onAdd={() => setNow("add")} />}
      {isAdding && <Add stray={stray} onClose={onClose} />}
    </Modal>
  );
}

/** In the wrong patient's conversation they would be read there until somebody sees it, so the phones are held side by side first. */
function Sure({ stray, patient, onBack }: { stray: Stray; patient: Patient; onBack: () => void }) {
  const isSame = patient.phone === stray.sender;
  const isFamily = stray.acting.some((each) => each.patient.id === patient.id);
  const box = useFirstFocus<HTMLDivElement>();
  return (
    <div ref={box} class="find">
      <p>
        Put {stray.texts.length > 1 ? `these ${stray.texts.length} texts` : "this text"} into the conversation with{" "}
        <strong>{patient.name}</strong>?
      </p>
      {isFamily && <p>It stays marked as the words of who acts for them and has this phone.</p>}
      {!isSame && !isFamily && (
        <p class="hint warn">
          The phone on file is {patient.phone_display ?? "missing"}, not {stray.sender_display}. The entry is not
          changed.
        </p>
      )}
      <Closing leave="Back" onLeave={onBack} onAct={() => void strays.attach(stray, patient.id)}>
        {isFamily ? "Yes, put it there" : `Yes, it is ${patient.first_name || patient.name}`}
      </Closing>
    </div>
  );
}

const FIELDS = [
  { name: "first_name", label: "First name", type: "text" },
  { name: "last_name", label: "Last name", type: "text" },
  { name: "date_of_birth", label: "Date of birth, if you know it", type: "date" },
] as const;

function Add({ stray, onClose }: { stray: Stray; onClose: () => void }) {
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isBusy, setBusy] = useState(false);
  const form = useFirstFocus<HTMLFormElement>();
  const add = async (event: SubmitEvent) => {
    event.preventDefault();
    const filled = [...new FormData(event.currentTarget as HTMLFormElement)].filter(([, value]) => value !== "");
    setBusy(true);
    try {
      await strays.addPatient(stray, Object.fromEntries(filled));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefused(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form ref={form} class="fields" onSubmit={(event) => void add(event)}>
      {FIELDS.map(({ name, label, type }) => (
        <label key={name} class={`field ${name}`} for={`stray-${name}`}>
          {label}
          {type === "date" ? (
            <input id={`stray-${name}`} name={name} type="date" autocomplete="off" />
          ) : (
            <input id={`stray-${name}`} name={name} type="text" autocomplete="off" />
          )}
        </label>
      ))}
      {refused && (
        <p class="hint bad" role="alert">
          {inWords(refused)}
        </p>
      )}
      <Closing onLeave={onClose} isDisabled={isBusy}>
        Add the patient
      </Closing>
    </form>
  );
}
