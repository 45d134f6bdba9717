/** A patient who is not in the directory yet. What was typed into the box lands in the field where it fits. */

import { useState } from "preact/hooks";
import type { Patient } from "../../../realtime/client/wire.gen.ts";
import * as actions from "../actions.ts";
import { Refused } from "../http.ts";
import { inWords } from "../words/refusals.ts";
import { useFirstFocus } from "./focus.ts";

interface AddPatientProps {
  typed: string;
  onAdded: (patient: Patient) => void;
  onBack: () => void;
}

const FIELDS = [
  { name: "first_name", label: "First name", mode: "text", hint: "" },
  { name: "last_name", label: "Last name", mode: "text", hint: "" },
  { name: "date_of_birth", label: "Date of birth", mode: "date", hint: "Confirms who opens a private message." },
  { name: "phone", label: "Mobile phone", mode: "tel", hint: "" },
  { name: "email", label: "E-mail", mode: "email", hint: "" },
] as const;

type FieldName = (typeof FIELDS)[number]["name"];

/** Where the text of the search box belongs. */
export function sortOut(typed: string): actions.NewPatient {
  const text = typed.trim();
  if (text.includes("@")) return { email: text };
  if (/^[+(\d][\d\s().-]{5,}$/.test(text)) return { phone: text };
  const [first = "", ...rest] = text.split(/\s+/);
  return { first_name: first, ...(rest.length > 0 ? { last_name: rest.join(" ") } : {}) };
}

export function AddPatient({ typed, onAdded, onBack }: AddPatientProps) {
  const [entry, setEntry] = useState<actions.NewPatient>(sortOut(typed));
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isBusy, setBusy] = useState(false);
  const form = useFirstFocus<HTMLFormElement>();
  const add = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    try {
      const filled = Object.entries(entry).filter(([, value]) => value !== "");
      onAdded(await actions.addPatient(Object.fromEntries(filled)));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefused(error);
    } finally {
      setBusy(false);
    }
  };
  const isReachable = Boolean(entry.phone || entry.email);
  return (
    <form ref={form} class="fields" onSubmit={(event) => void add(event)}>
      {FIELDS.map((field) => (
        <Field
          key={field.name}
          {...field}
          value={entry[field.name] ?? ""}
          onValue={(value) => setEntry({ ...entry, [field.name]: value })}
        />
      ))}
      {refused && (
        <p class="hint bad" role="alert">
          {inWords(refused)}
        </p>
      )}
      <footer>
        <button type="button" onClick={onBack}>
          Back
        </button>
        <button type="submit" class="primary" disabled={isBusy || !isReachable}>
          Add and write
        </button>
      </footer>
    </form>
  );
}

interface FieldProps {
  name: FieldName;
  label: string;
  mode: (typeof FIELDS)[number]["mode"];
  hint: string;
  value: string;
  onValue: (value: string) => void;
}

function Field({ name, label, mode, hint, value, onValue }: FieldProps) {
  const shared = {
    id: `new-${name}`,
    name,
    value,
    autocomplete: "off",
    onInput: (event: { currentTarget: HTMLInputElement }) => onValue(event.currentTarget.value),
  } as const;
  return (
    <label class={`field ${name}`} for={`new-${name}`}>
      {label}
      {mode === "date" ? <input {...shared} type="date" /> : <input {...shared} type="text" inputMode={mode} />}
      {hint && <small class="muted">{hint}</small>}
    </label>
  );
}
