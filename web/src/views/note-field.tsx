/** The field of a note. After "@" it lists the team. */

import { useEffect } from "preact/hooks";
import type { Colleague } from "../../../realtime/client/wire.gen.ts";
import { flush } from "../drafts.ts";
import { need } from "../mentions.ts";
import { members } from "../store.ts";
import { many } from "../words/counts.ts";
import { askingAt, matching, put } from "../words/mentions.ts";
import { Avatar } from "./avatar.tsx";
import { listedBy, MOVES, useCompletion } from "./completing.ts";
import { focusComposer } from "./focus.ts";
import { Listbox } from "./listbox.tsx";

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
    if (isAdd || (event.key === "Escape" && list.items.length === 0)) {
      event.preventDefault();
      if (isAdd) onAdd();
      else focusComposer();
    } else if (list.press(event.key)) event.preventDefault();
  };
  return (
    <div class="note-field">
      <Listbox name="note-name" label="Colleagues" list={list} keyOf={(each) => each.id}>
        {(each) => (
          <>
            <Avatar id={each.id} initials={each.initials} />
            <span class="grow">{each.name}</span>
          </>
        )}
      </Listbox>
      <textarea
        id="note"
        ref={list.field}
        rows={2}
        dir="auto"
        value={body}
        aria-label="Note for the team"
        aria-describedby="note-hint"
        {...listedBy("note-name", list)}
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
        onKeyUp={(event) => MOVES.includes(event.key) && list.look()}
      />
      <span class="hidden" role="status">
        {list.items.length > 0 && `${many(list.items.length, "colleague")}. Arrow keys choose.`}
      </span>
    </div>
  );
}

function useNames({ team, me, body, onBody, onChosen }: NoteFieldProps) {
  useEffect(() => void need(team), [team]);
  const others = (members.value.get(team) ?? []).filter((each) => each.id !== me);
  return useCompletion<Colleague>({
    askingAt,
    offered: (typed) => matching(others, typed),
    take: (colleague, asking) => {
      const said = put(body, asking, colleague);
      onChosen(colleague);
      onBody(said.body);
      return said;
    },
  });
}
