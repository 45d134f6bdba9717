/** A field for the words of a note. After "@" it lists colleagues. */

import { useEffect } from "preact/hooks";
import type { Colleague } from "../../../realtime/client/wire.gen.ts";
import { need } from "../mentions.ts";
import { me, members } from "../store.ts";
import { many } from "../words/counts.ts";
import { askingAt, matching, put } from "../words/mentions.ts";
import { Avatar } from "./avatar.tsx";
import { listedBy, MOVES, useCompletion } from "./completing.ts";
import { Listbox } from "./listbox.tsx";

interface NoteFieldProps {
  id: string;
  /** Absent where a label names it. */
  label?: string;
  /** Id of what describes it. */
  hint: string;
  rows: number;
  required?: boolean;
  placeholder: string;
  /** Those who can be called on. */
  people: readonly Colleague[];
  body: string;
  onBody: (text: string) => void;
  onChosen: (colleague: Colleague) => void;
  onAdd: () => void;
  /** Escape, where no list is open; absent where it is not the field's. */
  onEscape?: () => void;
  onLeave?: () => void;
}

/** It signals nothing: "is writing" would be told to the patient. */
export function NoteField(props: NoteFieldProps) {
  const { id, body, onBody, onAdd, onEscape } = props;
  const list = useNames(props);
  const press = (event: KeyboardEvent) => {
    const isAdd = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    if (isAdd) onAdd();
    else if (event.key === "Escape" && list.items.length === 0 && onEscape) onEscape();
    else if (!list.press(event.key)) return;
    event.preventDefault();
  };
  return (
    <div class="note-field">
      <Listbox name={`${id}-name`} label="Colleagues" list={list} keyOf={(each) => each.id}>
        {(each) => (
          <>
            <Avatar id={each.id} initials={each.initials} />
            <span class="grow">{each.name}</span>
          </>
        )}
      </Listbox>
      <textarea
        id={id}
        ref={list.field}
        required={props.required}
        rows={props.rows}
        dir="auto"
        value={body}
        aria-label={props.label}
        aria-describedby={props.hint}
        {...listedBy(`${id}-name`, list)}
        placeholder={props.placeholder}
        onInput={(event) => {
          onBody(event.currentTarget.value);
          list.look();
        }}
        onClick={list.look}
        onBlur={() => {
          list.close();
          props.onLeave?.();
        }}
        onKeyDown={press}
        onKeyUp={(event) => MOVES.includes(event.key) && list.look()}
      />
      <span class="hidden" role="status">
        {list.items.length > 0 && `${many(list.items.length, "colleague")}. Arrow keys choose.`}
      </span>
    </div>
  );
}

/** A team without me, once `fetch` has brought it. */
export function useOthers(team: string, fetch: (team: string) => Promise<void> = need): readonly Colleague[] {
  useEffect(() => void fetch(team), [team]);
  return (members.value.get(team) ?? []).filter((each) => each.id !== me.value?.user.id);
}

function useNames({ people, body, onBody, onChosen }: NoteFieldProps) {
  return useCompletion<Colleague>({
    askingAt,
    offered: (typed) => matching(people, typed),
    take: (colleague, asking) => {
      const said = put(body, asking, colleague);
      onChosen(colleague);
      onBody(said.body);
      return said;
    },
  });
}
