/** The field of a note. After "@" it lists the team; arrows choose, Enter or Tab puts the name, Escape closes the list. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { Colleague } from "../../../realtime/client/wire.gen.ts";
import { flush } from "../drafts.ts";
import { need } from "../mentions.ts";
import { members } from "../store.ts";
import { many } from "../words/counts.ts";
import { type Asking, askingAt, matching, put } from "../words/mentions.ts";
import { Avatar } from "./avatar.tsx";
import { focusComposer } from "./focus.ts";

interface NoteFieldProps {
  team: string;
  me: string;
  body: string;
  onBody: (text: string) => void;
  onChosen: (colleague: Colleague) => void;
  onAdd: () => void;
}

/** It signals nothing: "is writing" would be told to the patient. */
export function NoteField(props: NoteFieldProps) {
  const { body, onBody, onAdd } = props;
  const list = useNames(props);
  const press = (event: KeyboardEvent) => {
    const isAdd = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    if (isAdd || (event.key === "Escape" && list.names.length === 0)) {
      event.preventDefault();
      if (isAdd) onAdd();
      else focusComposer();
    } else if (list.press(event.key)) event.preventDefault();
  };
  return (
    <div class="note-field">
      {list.names.length > 0 && <Names {...list} />}
      <textarea
        id="note"
        ref={list.field}
        rows={2}
        dir="auto"
        value={body}
        aria-label="Note for the team"
        aria-describedby="note-hint"
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={list.names.length > 0 ? "note-names" : undefined}
        aria-activedescendant={list.names.length > 0 ? `note-name-${list.at}` : undefined}
        placeholder="A note for your colleagues… @ mentions one"
        onInput={(event) => {
          onBody(event.currentTarget.value);
          list.look();
        }}
        onClick={list.look}
        onBlur={() => {
          list.close();
          void flush();
        }}
        onKeyDown={press}
        onKeyUp={(event) => ["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key) && list.look()}
      />
      <span class="hidden" role="status">
        {list.names.length > 0 && `${many(list.names.length, "colleague")}. Arrow keys choose.`}
      </span>
    </div>
  );
}

/** The list under way: who is in it, who is marked, and what a key does to it. */
function useNames({ team, me, body, onBody, onChosen }: NoteFieldProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [at, setAt] = useState(0);
  useEffect(() => void need(team), [team]);
  const others = (members.value.get(team) ?? []).filter((each) => each.id !== me);
  const names = asking ? matching(others, asking.typed) : [];
  const close = () => setAsking(null);
  const look = () => {
    const area = field.current;
    setAt(0);
    setAsking(area && area.selectionStart === area.selectionEnd ? askingAt(area.value, area.selectionStart) : null);
  };
  const choose = (colleague: Colleague | undefined) => {
    if (!asking || !colleague) return;
    const said = put(body, asking, colleague);
    onChosen(colleague);
    onBody(said.body);
    close();
    // The caret can only stand there once the words do.
    requestAnimationFrame(() => field.current?.setSelectionRange(said.caret, said.caret));
  };
  const press = (key: string): boolean => {
    if (names.length === 0) return false;
    const by = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
    if (by !== 0) setAt((at + by + names.length) % names.length);
    else if (key === "Enter" || key === "Tab") choose(names[at]);
    else if (key === "Escape") close();
    else return false;
    return true;
  };
  return { field, names, at, look, close, choose, press };
}

type NamesProps = Pick<ReturnType<typeof useNames>, "names" | "at" | "choose">;

function Names({ names, at, choose }: NamesProps) {
  return (
    <div class="menu-list above names" id="note-names" role="listbox" aria-label="Colleagues">
      {names.map((each, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field keeps the focus and has the keys.
        <div
          key={each.id}
          id={`note-name-${index}`}
          class="item"
          role="option"
          aria-selected={index === at}
          tabIndex={-1}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => choose(each)}
        >
          <Avatar id={each.id} initials={each.initials} />
          <span class="grow">{each.name}</span>
        </div>
      ))}
    </div>
  );
}
