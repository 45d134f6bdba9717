/** A patient who is not in the directory yet. What was typed into the box lands in the field where it fits. */

import { useState } from "preact/hooks";
import type { Patient } from "../../../realtime/client/wire.gen.ts";
import * as actions from "../actions.ts";
import { Refused } from "../http.ts";
import { inWords } from "../words/refusals.ts";
import { emailDoubt, phoneDoubt } from "../words/typed.ts";
import { ORDER, WAYS } from "../words/ways.ts";
import { Closing } from "./closing.tsx";
import { Doubted } from "./doubted.tsx";
import { useFirstFocus } from "./focus.ts";
import { Icon } from "./icon.tsx";

interface AddPatientProps {
  typed: string;
  /** For the directory alone: then nothing has to be given. */
  isForDirectory?: boolean;
  onAdded: (patient: Patient) => void;
  onBack: () => void;
}

const FIELDS = [
  { name: "first_name", label: "First name", mode: "text", hint: "" },
  { name: "last_name", label: "Last name", mode: "text", hint: "" },
  { name: "date_of_birth", label: "Date of birth", mode: "date", hint: "Confirms who opens a private message." },
  { name: "mrn", label: "MRN", mode: "text", hint: "" },
  { name: "phone", label: "Mobile phone", mode: "tel", hint: "" },
  { name: "email", label: "E-mail", mode: "email", hint: "" },
] as const;

type FieldName = (typeof FIELDS)[number]["name"];

const DOUBTED = [
  { name: "phone", doubt: phoneDoubt },
  { name: "email", doubt: emailDoubt },
] as const;

/** What the entry will miss; nothing may stand in the way of writing but that there is no way. */
function lacks({ first_name, last_name, date_of_birth, phone, email }: actions.NewPatient): string {
  if (!(phone || email)) return "To write, give a phone or an e-mail. You can add it later.";
  if (!(first_name || last_name)) return "Without a name the entry is marked as not complete. You can add it later.";
  return date_of_birth ? "" : "Without a date of birth a private message asks for a code instead.";
}

/** Where the text of the search box belongs. */
export function sortOut(typed: string): actions.NewPatient {
  const text = typed.trim();
  if (text.includes("@")) return { email: text };
  if (/^[+(\d][\d\s().-]{5,}$/.test(text)) return { phone: text };
  const [first = "", ...rest] = text.split(/\s+/);
  return { first_name: first, ...(rest.length > 0 ? { last_name: rest.join(" ") } : {}) };
}

export function AddPatient({ typed, isForDirectory = false, onAdded, onBack }: AddPatientProps) {
  const [entry, setEntry] = useState<actions.NewPatient>(sortOut(typed));
  // A number is not too short while it is being typed: what was left is looked at.
  const [left, setLeft] = useState<readonly string[]>(Object.keys(entry));
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
  const isEnough = isForDirectory || Boolean(entry.phone || entry.email);
  return (
    <form ref={form} class="fields" onSubmit={(event) => void add(event)}>
      {FIELDS.map((field) => (
        <Field
          key={field.name}
          {...field}
          value={entry[field.name] ?? ""}
          onValue={(value) => setEntry({ ...entry, [field.name]: value })}
          onLeave={() => setLeft([...left, field.name])}
        />
      ))}
      {DOUBTED.map(({ name, doubt }) => (
        <Doubted
          key={name}
          id={`doubt-${name}`}
          doubt={left.includes(name) ? doubt(entry[name] ?? "") : null}
          onTake={(text) => setEntry({ ...entry, [name]: text })}
        />
      ))}
      <Possible entry={entry} />
      {lacks(entry) && <p class="muted wide">{lacks(entry)}</p>}
      {refused && (
        <p class="hint bad" role="alert">
          {inWords(refused)}
        </p>
      )}
      <Closing leave={isForDirectory ? "Not now" : "Back"} onLeave={onBack} isDisabled={isBusy || !isEnough}>
        {isForDirectory ? "Add" : "Add and write"}
      </Closing>
    </form>
  );
}

/** Which ways of writing these data make possible, as they are typed. */
function Possible({ entry: { phone, email } }: { entry: actions.NewPatient }) {
  const can = { secure_sms: phone, secure_email: email, sms: phone };
  return (
    <ul class="reach possible wide" aria-label="Can be reached by">
      {ORDER.map((via) => (
        <li key={via} class={can[via] ? "can" : "cannot"}>
          <Icon name={can[via] ? "check" : "close"} size={14} />
          <span>
            {WAYS[via].name}
            {!can[via] && <span class="hidden">: not possible yet</span>}
            {can[via] && via === "sms" && <small>once they agree</small>}
          </span>
        </li>
      ))}
    </ul>
  );
}

interface FieldProps {
  name: FieldName;
  label: string;
  mode: (typeof FIELDS)[number]["mode"];
  hint: string;
  value: string;
  onValue: (value: string) => void;
  onLeave: () => void;
}

function Field({ name, label, mode, hint, value, onValue, onLeave }: FieldProps) {
  const shared = {
    id: `new-${name}`,
    name,
    value,
    autocomplete: "off",
    "aria-describedby": DOUBTED.some((each) => each.name === name) ? `doubt-${name}` : undefined,
    onBlur: onLeave,
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
