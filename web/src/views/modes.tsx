/** What is being written: words for the patient, or a note for the team. */

import * as notes from "../notes.ts";
import { noting } from "../store.ts";
import { focusComposer } from "./focus.ts";
import { Icon } from "./icon.tsx";

export function Modes({ conversation }: { conversation: string }) {
  const isNote = noting.value === conversation;
  return (
    // biome-ignore lint/a11y/useSemanticElements: two buttons that belong together, and no fields.
    <div class="modes" role="group" aria-label="What to write">
      <button type="button" aria-pressed={!isNote} title={isNote ? "Esc" : "R"} onClick={focusComposer}>
        <Icon name="chat" size={14} /> Message
      </button>
      <button type="button" class="note" aria-pressed={isNote} title="N" onClick={notes.begin}>
        <Icon name="note" size={14} /> Note
      </button>
    </div>
  );
}
