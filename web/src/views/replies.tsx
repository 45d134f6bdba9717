/** Saved replies in the composer: the list after ";", its button, and what stands in the way of a private one. */

import type { SavedReply } from "../../../realtime/client/wire.gen.ts";
import * as desk from "../replies.ts";
import type { Offer } from "../words/replies.ts";
import type { Completion } from "./completing.ts";
import { Icon } from "./icon.tsx";
import { Listbox } from "./listbox.tsx";

export function Replies({ list, isPlain }: { list: Completion<Offer>; isPlain: boolean }) {
  return (
    <Listbox
      name="saved-reply"
      label="Saved replies"
      list={list}
      keyOf={({ reply }) => reply.id}
      isDisabled={({ obstacle }) => obstacle !== null}
    >
      {(offer) => <Reply offer={offer} isPlain={isPlain} />}
    </Listbox>
  );
}

function Reply({ offer: { reply, text, hint, obstacle }, isPlain }: { offer: Offer; isPlain: boolean }) {
  const isPrivate = isPlain && reply.content === "private";
  return (
    <span class="saved-reply">
      <span>
        <strong>{reply.title}</strong> <span class="muted">;{reply.shortcut}</span>
        {isPrivate && <span class="tag">Private</span>}
        {hint && <span class="tag todo">{hint}</span>}
      </span>
      <small class="muted" dir="auto">
        {obstacle ?? text}
      </small>
    </span>
  );
}

/** It was chosen for a plain text: the writer may turn to a private way, or write something else. */
export function PrivateReply({ reply, onSecure }: { reply: SavedReply; onSecure: () => void }) {
  return (
    <p class="hint warn" role="alert">
      <Icon name="alert" size={14} />
      <span>“{reply.title}” is private: it cannot go as a plain text.</span>
      <button type="button" class="link" onClick={onSecure}>
        Write privately instead
      </button>
      <kbd>Alt S</kbd>
    </p>
  );
}

export function RepliesButton({ team }: { team: string }) {
  return (
    <button type="button" class="attach" title=";" onClick={() => void begin(team)}>
      <Icon name="text" />
      <span>Saved replies</span>
      <kbd>;</kbd>
    </button>
  );
}

/** As if it had been typed. */
async function begin(team: string): Promise<void> {
  if (!(await desk.haveSome(team))) return;
  const field = document.getElementById("composer");
  if (!(field instanceof HTMLTextAreaElement)) return;
  const before = field.value.slice(0, field.selectionStart);
  field.focus();
  field.setRangeText(/\S$/.test(before) ? " ;" : ";", field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
