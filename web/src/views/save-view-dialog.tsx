/** A name for a list: of one that is kept now, or of one that was. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { SavedView } from "../../../realtime/client/wire.gen.ts";
import { Refused } from "../http.ts";
import * as saved from "../saved.ts";
import { inWords } from "../words/refusals.ts";
import { Closing } from "./closing.tsx";
import { useFirstFocus } from "./focus.ts";
import { Modal } from "./modal.tsx";
import { listed } from "./saved-views.tsx";

const LONGEST = 40;

/** The server's own sentences are about names of views. */
export const why = (no: Refused): string => (no.code === "no_answer" ? `${inWords(no)}.` : no.detail);

export function SaveViewDialog({ where, onClose }: { where: saved.Where; onClose: () => void }) {
  const [name, setName] = useState("");
  const other = saved.named(name);
  const save = async (chosen: string) => {
    await saved.keep(chosen, where);
    onClose();
  };
  return (
    <Modal title="Save this list" onClose={onClose}>
      <NameForm name={name} onName={setName} save={save} end={onClose} verb={other ? "Replace" : "Save"}>
        <p class="muted">{listed(where)}. Only you see it, on every screen you use.</p>
        <p class="hint" role="status">
          {other && `“${other.name}” shows ${listed(other)}. Replace it, and it shows this list instead.`}
        </p>
      </NameForm>
    </Modal>
  );
}

export function RenameView({ view, onEnd }: { view: SavedView; onEnd: () => void }) {
  const [name, setName] = useState(view.name);
  const save = async (chosen: string) => {
    await saved.rename(view, chosen);
    onEnd();
  };
  return (
    <NameForm name={name} onName={setName} save={save} end={onEnd} verb="Rename">
      <p class="muted">{listed(view)}</p>
    </NameForm>
  );
}

interface NameFormProps {
  name: string;
  onName: (name: string) => void;
  /** Raises `Refused`. */
  save: (name: string) => Promise<void>;
  end: () => void;
  verb: string;
  children: ComponentChildren;
}

function NameForm({ name, onName, save, end, verb, children }: NameFormProps) {
  const [refused, setRefused] = useState<Refused | null>(null);
  const form = useFirstFocus<HTMLFormElement>();
  const submit = async (event: Event) => {
    event.preventDefault();
    try {
      await save(name);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefused(error);
    }
  };
  return (
    <form ref={form} onSubmit={(event) => void submit(event)}>
      <label class="field">
        Name of the view
        <input
          required
          maxLength={LONGEST}
          dir="auto"
          autocomplete="off"
          value={name}
          onInput={(event) => onName(event.currentTarget.value)}
        />
      </label>
      {children}
      {refused && (
        <p class="hint bad" role="alert">
          {why(refused)}
        </p>
      )}
      <Closing leave="Cancel" onLeave={end}>
        {verb}
      </Closing>
    </form>
  );
}
