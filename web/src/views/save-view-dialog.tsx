/** A name for a list: of one that is kept now, or of one that was. */

import { useState } from "preact/hooks";
import type { SavedView } from "../../../realtime/client/wire.gen.ts";
import type * as saved from "../saved.ts";
import * as changes from "../saved-changes.ts";
import { listed } from "./listed.ts";
import { Modal } from "./modal.tsx";
import { NameForm } from "./name-form.tsx";

const FIELD = { label: "Name of the view", longest: 40 };

export function SaveViewDialog({ where, onClose }: { where: saved.Where; onClose: () => void }) {
  const [name, setName] = useState("");
  const other = changes.named(name);
  const save = async (chosen: string) => {
    await changes.keep(chosen, where);
    onClose();
  };
  return (
    <Modal title="Save this list" onClose={onClose}>
      <NameForm {...FIELD} name={name} onName={setName} save={save} end={onClose} verb={other ? "Replace" : "Save"}>
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
    await changes.rename(view, chosen);
    onEnd();
  };
  return (
    <NameForm {...FIELD} name={name} onName={setName} save={save} end={onEnd} verb="Rename">
      <p class="muted">{listed(view)}</p>
    </NameForm>
  );
}
