/** Which tags there are: supervisors and administrators add and retire them. */

import { useState } from "preact/hooks";
import type { ColourName } from "../../../realtime/client/wire.gen.ts";
import { Refused } from "../http.ts";
import { me } from "../store.ts";
import * as desk from "../tag-set.ts";
import { inWords } from "../words/refusals.ts";
import { useFirstFocus } from "./focus.ts";
import { Modal } from "./modal.tsx";
import { TagChip } from "./tags.tsx";

const LONGEST = 30;

export function TagsDialog({ onClose }: { onClose: () => void }) {
  const tags = me.value?.tags ?? [];
  return (
    <Modal title="Tags" onClose={onClose}>
      <NewTag />
      <ul class="tag-set">
        {tags.map((tag) => (
          <li key={tag.id}>
            <TagChip tag={tag} />
            <span class="grow" />
            <button type="button" class="link" aria-label={`Retire ${tag.name}`} onClick={() => void desk.retire(tag)}>
              Retire
            </button>
          </li>
        ))}
      </ul>
      <p class="muted">A retired tag stays where it is until somebody takes it off. Patients never see tags.</p>
      <footer>
        <button type="button" onClick={onClose}>
          Close
        </button>
      </footer>
    </Modal>
  );
}

function NewTag() {
  const [name, setName] = useState("");
  const [colour, setColour] = useState<ColourName>("teal");
  const [refused, setRefused] = useState<Refused | null>(null);
  const form = useFirstFocus<HTMLFormElement>();
  const save = async (event: Event) => {
    event.preventDefault();
    try {
      await desk.create(name, colour);
      setName("");
      setRefused(null);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefused(error);
    }
  };
  return (
    <form ref={form} class="new-tag" onSubmit={(event) => void save(event)}>
      <label class="field">
        New tag
        <input required maxLength={LONGEST} value={name} onInput={(event) => setName(event.currentTarget.value)} />
      </label>
      <fieldset class="colours">
        <legend>Colour</legend>
        {desk.COLOURS.map((each) => (
          <label key={each} class={`tag hued ${each}`}>
            <input type="radio" name="colour" checked={colour === each} onChange={() => setColour(each)} />
            {each}
          </label>
        ))}
      </fieldset>
      {refused && (
        <p class="hint bad" role="alert">
          {inWords(refused)}.
        </p>
      )}
      <button type="submit" class="primary">
        Add tag
      </button>
    </form>
  );
}
