/** In the patient's panel and entry: the tags they have themselves, whatever their conversations have. */

import { useEffect, useState } from "preact/hooks";
import type { Tag } from "../../../realtime/client/wire.gen.ts";
import { attempt } from "../answers.ts";
import { tagsHeard } from "../directory-place.ts";
import { mayFill } from "../groups.ts";
import * as desk from "../patient-tags.ts";
import { dialog } from "../store.ts";
import { choices, mayManage } from "../tags.ts";
import { Icon } from "./icon.tsx";
import { Menu } from "./menu.tsx";

/** `rev` is another one after a merge, which brings tags along. */
export function PatientTags({ patient, rev }: { patient: string; rev: number }) {
  const [mine, ask] = useTags(patient, rev);
  if (!mine) return null;
  const toggle = (tag: Tag) => {
    const isOn = mine.some((each) => each.id === tag.id);
    void attempt(() => (isOn ? desk.takeOff : desk.putOn)(tag.id, patient)).then(ask);
  };
  return (
    <section>
      <h3>Tags</h3>
      <ul class="group-chips" aria-label="Tags of the patient">
        {mine.map((tag) => (
          <li key={tag.id}>
            <Chip tag={tag} />
          </li>
        ))}
        <li>
          {mine.length === 0 && <span class="muted">None. </span>}
          {mayFill() && <Choose mine={mine} onChoose={toggle} />}
        </li>
      </ul>
    </section>
  );
}

function Choose({ mine, onChoose }: { mine: readonly Tag[]; onChoose: (tag: Tag) => void }) {
  const all = choices(mine);
  return (
    <Menu
      label="Change the tags of this patient"
      button={
        <>
          <Icon name="plus" size={14} /> Change
        </>
      }
      buttonClass="link"
      align="end"
    >
      {(close) => (
        <>
          {all.map((tag) => {
            const isOn = mine.some((each) => each.id === tag.id);
            return (
              <button key={tag.id} type="button" class="item" aria-pressed={isOn} onClick={() => onChoose(tag)}>
                <Chip tag={tag} />
                <span class="grow" />
                {isOn && <Icon name="check" />}
              </button>
            );
          })}
          {all.length === 0 && <p class="muted menu-words">Your clinic has no tags yet.</p>}
          {mayManage() && (
            <button type="button" class="item" onClick={() => manage(close)}>
              <Icon name="edit" /> <span class="grow">Change the tags</span>
            </button>
          )}
        </>
      )}
    </Menu>
  );
}

function manage(close: () => void): void {
  close();
  dialog.value = { name: "tags" };
}

/** As `tags.tsx` draws one. What stands there is part of the first script, and parts of it for both would make it larger. */
function Chip({ tag }: { tag: Tag }) {
  return (
    <span class={`tag hued ${tag.colour}`} title={tag.name}>
      {tag.name}
    </span>
  );
}

/** Null until they are here; without them everything else is shown. */
function useTags(patient: string, rev: number): [readonly Tag[] | null, () => void] {
  const [mine, setMine] = useState<readonly Tag[] | null>(null);
  const [times, setTimes] = useState(0);
  const heard = tagsHeard.value;
  useEffect(() => {
    let isOver = false;
    desk.of(patient).then(
      (found) => !isOver && setMine(found),
      () => undefined,
    );
    return () => {
      isOver = true;
    };
  }, [patient, rev, heard, times]);
  return [mine, () => setTimes((before) => before + 1)];
}
