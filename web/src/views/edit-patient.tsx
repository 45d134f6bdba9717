/** Changing a directory entry. Only what was changed is sent, so that a colleague's change beside it stays. */

import { useState } from "preact/hooks";
import type { Patient } from "../../../realtime/client/wire.gen.ts";
import type { Changes } from "../actions.ts";
import { entry } from "../directory-place.ts";
import * as entries from "../entries.ts";
import { Refused } from "../http.ts";
import { thread, toast } from "../store.ts";
import { LANGUAGES } from "../words/languages.ts";
import { inWords } from "../words/refusals.ts";
import { Closing } from "./closing.tsx";
import { useFirstFocus } from "./focus.ts";
import { Modal } from "./modal.tsx";
import { Select } from "./select.tsx";

const TEXTS = [
  { name: "first_name", label: "First name", mode: "text" },
  { name: "last_name", label: "Last name", mode: "text" },
  { name: "phone", label: "Mobile phone", mode: "tel" },
  { name: "email", label: "E-mail", mode: "email" },
  { name: "date_of_birth", label: "Date of birth", mode: "date" },
  { name: "mrn", label: "MRN", mode: "text" },
] as const;

/** Notices are worded in English and Spanish; whoever reads another language gets the English ones. */
const hasEnglishNotices = (language: string) => language !== "en" && language !== "es";

/** The zones of the country's clocks; one that is on file besides is offered as well. */
const ZONES: Record<string, string> = {
  "America/New_York": "Eastern",
  "America/Chicago": "Central",
  "America/Denver": "Mountain",
  "America/Phoenix": "Arizona",
  "America/Los_Angeles": "Pacific",
  "America/Anchorage": "Alaska",
  "Pacific/Honolulu": "Hawaii",
  "America/Puerto_Rico": "Puerto Rico",
};

export function EditPatient({ patient: id, onClose }: { patient: string; onClose: () => void }) {
  const patient = [thread.value?.patient, entry.value].find((each) => each?.id === id);
  if (!patient) return null;
  return (
    <Modal title="The patient’s entry" onClose={onClose}>
      <Form patient={patient} onClose={onClose} />
    </Modal>
  );
}

function Form({ patient, onClose }: { patient: Patient; onClose: () => void }) {
  const [changes, setChanges] = useState<Changes>({});
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isBusy, setBusy] = useState(false);
  const form = useFirstFocus<HTMLFormElement>();
  const set = (change: Changes) => setChanges({ ...changes, ...change });
  const isNewContact = ["phone", "email"].some((name) => name in changes);
  const save = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setRefused(null);
    try {
      await entries.change(patient.id, changes);
      onClose();
      toast("Saved");
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefused(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form ref={form} class="fields" onSubmit={(event) => void save(event)}>
      {TEXTS.map((field) => (
        <Field
          key={field.name}
          {...field}
          value={field.name in changes ? (changes[field.name] ?? "") : (patient[field.name] ?? "")}
          onValue={(value) => set({ [field.name]: value || null })}
        />
      ))}
      <Choices patient={patient} onChange={set} />
      {hasEnglishNotices(changes.language ?? patient.language) && (
        <p class="muted wide">The secure pages speak this language. Texts and e-mails about them come in English.</p>
      )}
      {isNewContact && <p class="muted wide">A changed contact ends the links that were sent to the old one.</p>}
      {refused && (
        <p class="hint bad" role="alert">
          {inWords(refused)}
        </p>
      )}
      <Closing leave="Cancel" onLeave={onClose} isDisabled={isBusy || Object.keys(changes).length === 0}>
        Save
      </Closing>
    </form>
  );
}

interface FieldProps {
  name: string;
  label: string;
  mode: (typeof TEXTS)[number]["mode"];
  value: string;
  onValue: (value: string) => void;
}

function Field({ name, label, mode, value, onValue }: FieldProps) {
  const shared = {
    id: `edit-${name}`,
    value,
    autocomplete: "off",
    onInput: (event: { currentTarget: HTMLInputElement }) => onValue(event.currentTarget.value),
  } as const;
  return (
    <label class="field" for={`edit-${name}`}>
      {label}
      {mode === "date" ? <input {...shared} type="date" /> : <input {...shared} type="text" inputMode={mode} />}
    </label>
  );
}

function Choices({ patient, onChange }: { patient: Patient; onChange: (change: Changes) => void }) {
  const zones = patient.zone in ZONES ? ZONES : { ...ZONES, [patient.zone]: patient.zone };
  return (
    <>
      <Select
        label="Language"
        value={patient.language}
        options={LANGUAGES}
        onValue={(language) => onChange({ language })}
      />
      <Select
        label="Prefers"
        value={patient.prefers ?? ""}
        options={{ "": "No preference", sms: "Text", email: "E-mail" }}
        onValue={(prefers) => onChange({ prefers: prefers === "sms" || prefers === "email" ? prefers : null })}
      />
      <Select
        label="Time zone"
        value={patient.zone}
        options={{ "": "As the phone’s area code", ...zones }}
        onValue={(zone) => onChange({ zone: zone || null })}
      />
    </>
  );
}
