/** Writing a note: yellow and square, with no patient's name on it and no way to choose, because it goes nowhere. */

import { flush } from "../drafts.ts";
import * as notes from "../notes.ts";
import type { ThreadState } from "../state/thread.ts";
import { keepNoteDraft, me, members, noteDraftOf, noteDrafts } from "../store.ts";
import { called } from "../words/mentions.ts";
import { EmojiButton } from "./emoji-button.tsx";
import { focusComposer } from "./focus.ts";
import { Icon } from "./icon.tsx";
import { Modes } from "./modes.tsx";
import { NoteField, useOthers } from "./note-field.tsx";

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

export function NoteComposer({ open }: { open: ThreadState }) {
  const { id, team } = open.row;
  const people = useOthers(team);
  noteDrafts.value; // Draws again with every change of a draft.
  const { body, chosen } = noteDraftOf(id);
  const left = (me.value?.limits.body ?? 5000) - [...body].length;
  const isReady = body.trim() !== "" && left >= 0;
  const calls = called(body, members.value.get(team) ?? [], new Set(chosen)).map((each) => each.id);
  const add = () => isReady && notes.add(id, body, calls);
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
      <NoteField
        id="note"
        label="Note for the team"
        hint="note-hint"
        rows={2}
        placeholder="A note for your colleagues… @ mentions one"
        people={people}
        body={body}
        onBody={(text) => keepNoteDraft(id, { ...noteDraftOf(id), body: text })}
        onChosen={(each) => keepNoteDraft(id, { ...noteDraftOf(id), chosen: [...noteDraftOf(id).chosen, each.id] })}
        onAdd={add}
        onEscape={focusComposer}
        onLeave={() => void flush()}
      />
      <div class="composer-bottom">
        <span class={`counter ${left < 0 ? "bad" : ""}`}>{left < 500 && `${left} characters left`}</span>
        <EmojiButton field="note" />
        <button type="submit" class="send note" disabled={!isReady}>
          <Icon name="note" />
          Add note
          <kbd>{isMac ? "⌘⏎" : "Ctrl ⏎"}</kbd>
        </button>
      </div>
    </form>
  );
}
