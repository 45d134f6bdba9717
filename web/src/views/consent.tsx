/** Plain texts need the patient's word: what to ask, and the record that it was said. */

import { useState } from "preact/hooks";
import * as desk from "../desk.ts";
import { me, thread } from "../store.ts";
import { focusComposer } from "./focus.ts";
import { Modal } from "./modal.tsx";

export function ConsentDialog({ conversation, onClose }: { conversation: string; onClose: () => void }) {
  const [isAgreed, setAgreed] = useState(false);
  const open = thread.value;
  if (open?.row.id !== conversation) return null;
  const name = open.patient.first_name || open.patient.name;
  const clinic = me.value?.organization.name ?? "Our clinic";
  const wording =
    `${clinic} may send you plain text messages, for example about appointments. ` +
    "They are not private: anyone who sees your phone can read them. You can stop them at any time by answering STOP.";
  const record = async (event: Event) => {
    event.preventDefault();
    if (await desk.recordConsent(conversation, wording)) {
      onClose();
      focusComposer();
    }
  };
  return (
    <Modal title={`May we send ${name} plain texts?`} onClose={onClose}>
      <form onSubmit={(event) => void record(event)}>
        <p>{name} has not agreed to plain texts yet. Read this aloud or in your own words, and ask:</p>
        <blockquote>{wording}</blockquote>
        <label class="check">
          <input type="checkbox" checked={isAgreed} onChange={(event) => setAgreed(event.currentTarget.checked)} />
          {name} agreed to this
        </label>
        <p class="muted">This is recorded with your name and the time.</p>
        <footer>
          <button type="button" onClick={onClose}>
            Stay private
          </button>
          <button type="submit" class="primary" disabled={!isAgreed}>
            Record and use plain text
          </button>
        </footer>
      </form>
    </Modal>
  );
}
