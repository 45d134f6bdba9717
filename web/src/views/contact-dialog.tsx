/** A phone or e-mail of a patient's: added, changed, or taken off the entry. */

import { useState } from "preact/hooks";
import * as contacts from "../contacts.ts";
import { Refused } from "../http.ts";
import { LABELS, LINES, OWNERS } from "../words/contacts.ts";
import { inWords } from "../words/refusals.ts";
import { Closing } from "./closing.tsx";
import { useFirstFocus } from "./focus.ts";
import { Modal } from "./modal.tsx";
import { Select } from "./select.tsx";

interface DialogProps {
  patient: string;
  contact: string | null;
  onClose: () => void;
}

export function ContactDialog({ patient, contact, onClose }: DialogProps) {
  // What it was when it was opened: the list may be read again meanwhile.
  const [known] = useState(() => contacts.of(patient)?.contacts.find((each) => each.id === contact) ?? null);
  const [isLeaving, setLeaving] = useState(false);
  if (contact && !known) return null;
  return (
    <Modal
      title={known ? (isLeaving ? `Remove ${known.display}?` : known.display) : "Add a phone or e-mail"}
      onClose={onClose}
    >
      {known && isLeaving ? (
        <Leaving patient={patient} known={known} onBack={() => setLeaving(false)} onClose={onClose} />
      ) : (
        <Form patient={patient} known={known} onRemove={() => setLeaving(true)} onClose={onClose} />
      )}
    </Modal>
  );
}

/** Does it, says why not beside the form, and closes the dialog where it was done. */
function useAct(onClose: () => void) {
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isBusy, setBusy] = useState(false);
  const act = (verb: () => Promise<unknown>) => async (event?: Event) => {
    event?.preventDefault();
    setBusy(true);
    setRefused(null);
    try {
      await verb();
      onClose();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefused(error);
    } finally {
      setBusy(false);
    }
  };
  const said = refused && (
    <p class="hint bad wide" role="alert">
      {inWords(refused)}
    </p>
  );
  return { act, said, isBusy };
}

interface FormProps {
  patient: string;
  known: contacts.Contact | null;
  onRemove: () => void;
  onClose: () => void;
}

function Form({ patient, known, onRemove, onClose }: FormProps) {
  const [id] = useState(() => crypto.randomUUID());
  const [kind, setKind] = useState<contacts.Kind>(known?.kind ?? "phone");
  const [said, setSaid] = useState<contacts.Said>({});
  const { act, said: why, isBusy } = useAct(onClose);
  const form = useFirstFocus<HTMLFormElement>();
  const set = (change: contacts.Said) => setSaid({ ...said, ...change });
  const save = act(() => (known ? contacts.change(patient, known.id, said) : contacts.add(patient, id, kind, said)));
  const isEmpty = known ? Object.keys(said).length === 0 : !said.value?.trim();
  return (
    <form ref={form} class="fields" onSubmit={(event) => void save(event)}>
      {!known && (
        <Select
          label="What"
          value={kind}
          options={{ phone: "Phone", email: "E-mail" }}
          onValue={(each) => setKind(each as contacts.Kind)}
        />
      )}
      <About kind={kind} known={known} said={said} onChange={set} />
      {why}
      {known && (
        <p class="wide">
          <button type="button" class="link" onClick={onRemove}>
            Remove it from the entry…
          </button>
        </p>
      )}
      <Closing leave="Cancel" onLeave={onClose} isDisabled={isBusy || isEmpty}>
        {known ? "Save" : "Add"}
      </Closing>
    </form>
  );
}

interface AboutProps {
  kind: contacts.Kind;
  known: contacts.Contact | null;
  said: contacts.Said;
  onChange: (change: contacts.Said) => void;
}

function About({ kind, known, said, onChange }: AboutProps) {
  const value = said.value ?? known?.value ?? "";
  return (
    <>
      <label class="field">
        {kind === "phone" ? "Number" : "Address"}
        <input
          type="text"
          inputMode={kind === "phone" ? "tel" : "email"}
          required
          autocomplete="off"
          value={value}
          onInput={(event) => onChange({ value: event.currentTarget.value })}
        />
      </label>
      <Select
        label="Which one"
        value={(said.label === undefined ? known?.label : said.label) ?? ""}
        options={LABELS}
        onValue={(label) => onChange({ label: (label || null) as contacts.Contact["label"] })}
      />
      {kind === "phone" && (
        <Select
          label="Line"
          value={(said.line === undefined ? known?.line : said.line) ?? ""}
          options={LINES}
          onValue={(line) => onChange({ line: (line || null) as contacts.Contact["line"] })}
        />
      )}
      <Owner kind={kind} known={known} said={said} onChange={onChange} />
      <label class="check wide">
        <input
          type="checkbox"
          checked={said.verified ?? known?.verified_at != null}
          onChange={(event) => onChange({ verified: event.currentTarget.checked })}
        />
        <span>
          I made sure that it is right
          <small>The patient said so, on the phone or at the desk. It is recorded with your name.</small>
        </span>
      </label>
      {known && said.value !== undefined && said.value !== known.value && (
        <p class="hint warn wide">Links that were sent to {known.display} end.</p>
      )}
    </>
  );
}

function Owner({ known, said, onChange }: AboutProps) {
  const owner = (said.owner === undefined ? known?.owner : said.owner) ?? "";
  return (
    <>
      <Select
        label="Whose it is"
        value={owner}
        options={OWNERS}
        onValue={(each) => onChange({ owner: (each || null) as contacts.Contact["owner"] })}
      />
      {owner && (
        <label class="field">
          Their name
          <input
            type="text"
            autocomplete="off"
            value={said.owner_name ?? known?.owner_name ?? ""}
            onInput={(event) => onChange({ owner_name: event.currentTarget.value })}
          />
        </label>
      )}
      {owner && (
        <p class="muted wide">
          Whoever has it can ask for this patient’s link. To let somebody read for themselves, add them under Family and
          caregivers.
        </p>
      )}
    </>
  );
}

interface LeavingProps {
  patient: string;
  known: contacts.Contact;
  onBack: () => void;
  onClose: () => void;
}

function Leaving({ patient, known, onBack, onClose }: LeavingProps) {
  const { act, said, isBusy } = useAct(onClose);
  const form = useFirstFocus<HTMLFormElement>("", "button");
  return (
    <form ref={form} onSubmit={(event) => void act(() => contacts.remove(patient, known.id))(event)}>
      <p>
        Links that were sent there end, and nothing goes there any more.
        {known.kind === "phone" && " Texts from it will come as from an unknown sender."}
      </p>
      {said}
      <Closing leave="Back" onLeave={onBack} isDisabled={isBusy}>
        Remove
      </Closing>
    </form>
  );
}
