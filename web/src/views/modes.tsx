/** What is being written: words for the patient, or a note for the team. */

import * as notes from "../notes.ts";
import { draftOf, drafts, noteDraftOf, noteDrafts, noting } from "../store.ts";
import { focusComposer } from "./focus.ts";
import { Icon } from "./icon.tsx";

export function Modes({ conversation }: { conversation: string }) {
  const isNote = noting.value === conversation;
  [drafts.value, noteDrafts.value]; // Draws again with every change of a draft.
  return (
    // biome-ignore lint/a11y/useSemanticElements: two buttons that belong together, and no fields.
    <div class="modes" role="group" aria-label="What to write">
      <button type="button" aria-pressed={!isNote} title={isNote ? "Esc" : "R"} onClick={focusComposer}>
        <Icon name="chat" size={14} /> Message
        {isNote && <Started body={draftOf(conversation).body} />}
      </button>
      <button type="button" class="note" aria-pressed={isNote} title="N" onClick={notes.begin}>
        <Icon name="note" size={14} /> Note
        {!isNote && <Started body={noteDraftOf(conversation).body} />}
      </button>
    </div>
  );
}

/** Behind the other button something is begun, perhaps from another day or screen. */
function Started({ body }: { body: string }) {
  if (body.trim() === "") return null;
  return (
    <span class="started" title="You have begun to write">
      <span class="hidden">, begun</span>
    </span>
  );
}
