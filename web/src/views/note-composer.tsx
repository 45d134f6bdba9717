/** Writing a note: yellow and square, with no patient's name on it and no way to choose, because it goes nowhere. */

import * as notes from "../notes.ts";
import type { ThreadState } from "../state/thread.ts";
import { keepNoteDraft, me, noteDraftOf, noteDrafts } from "../store.ts";
import { focusComposer } from "./focus.ts";
import { Icon } from "./icon.tsx";
import { Modes } from "./modes.tsx";

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

export function NoteComposer({ open }: { open: ThreadState }) {
  const { id } = open.row;
  noteDrafts.value; // Draws again with every change of a draft.
  const { body } = noteDraftOf(id);
  const left = (me.value?.limits.body ?? 5000) - [...body].length;
  const isReady = body.trim() !== "" && left >= 0;
  const add = () => isReady && notes.add(id, body);
  return (
    <form
      class="composer note"
      aria-label="Write a note for the team"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <div class="composer-top">
        <Modes conversation={id} />
        <span class="to" id="note-hint">
          Only your team sees this. It is never sent.
        </span>
      </div>
      <NoteField body={body} onBody={(text) => keepNoteDraft(id, { body: text })} onAdd={add} />
      <div class="composer-bottom">
        <span class={`counter ${left < 0 ? "bad" : ""}`}>{left < 500 && `${left} characters left`}</span>
        <button type="submit" class="send note" disabled={!isReady}>
          <Icon name="note" />
          Add note
          <kbd>{isMac ? "⌘⏎" : "Ctrl ⏎"}</kbd>
        </button>
      </div>
    </form>
  );
}

interface NoteFieldProps {
  body: string;
  onBody: (text: string) => void;
  onAdd: () => void;
}

/** It signals nothing: "is writing" would be told to the patient. */
function NoteField({ body, onBody, onAdd }: NoteFieldProps) {
  return (
    <textarea
      id="note"
      rows={2}
      dir="auto"
      value={body}
      aria-label="Note for the team"
      aria-describedby="note-hint"
      placeholder="A note for your colleagues…"
      onInput={(event) => onBody(event.currentTarget.value)}
      onKeyDown={(event) => {
        const isAdd = event.key === "Enter" && (event.ctrlKey || event.metaKey);
        if (event.key !== "Escape" && !isAdd) return;
        event.preventDefault();
        if (isAdd) onAdd();
        else focusComposer();
      }}
    />
  );
}
