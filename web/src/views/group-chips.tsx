/** In the patient's panel: the groups they are in. */

import { useEffect, useState } from "preact/hooks";
import type { GroupRef } from "../../../realtime/client/wire.gen.ts";
import { attempt } from "../answers.ts";
import * as desk from "../groups.ts";
import { dialog } from "../store.ts";
import { mayManage } from "../tags.ts";
import { Icon } from "./icon.tsx";
import { Menu } from "./menu.tsx";

export function GroupChips({ patient }: { patient: string }) {
  const [mine, ask] = useGroups(patient);
  if (!mine) return null;
  const toggle = (group: GroupRef) => {
    const isIn = mine.some((each) => each.id === group.id);
    void attempt(() => (isIn ? desk.takeOut : desk.putIn)(group.id, patient)).then(ask);
  };
  return (
    <section>
      <h3>Groups</h3>
      <ul class="group-chips" aria-label="Groups">
        {mine.map((group) => (
          <li key={group.id}>
            <button
              type="button"
              class="tag"
              dir="auto"
              aria-label={`Open the group ${group.name}`}
              onClick={() => (dialog.value = { name: "groups", group: group.id })}
            >
              {group.name}
            </button>
          </li>
        ))}
        <li>
          {mine.length === 0 && <span class="muted">In none. </span>}
          {desk.mayFill() && <Choose mine={mine} onChoose={toggle} />}
        </li>
      </ul>
    </section>
  );
}

interface ChooseProps {
  mine: readonly GroupRef[];
  onChoose: (group: GroupRef) => void;
}

function Choose({ mine, onChoose }: ChooseProps) {
  return (
    <Menu
      label="Change the groups of this patient"
      button={
        <>
          <Icon name="plus" size={14} /> Change
        </>
      }
      buttonClass="link"
      align="end"
    >
      {(close) => <Choices mine={mine} onChoose={onChoose} close={close} />}
    </Menu>
  );
}

function Choices({ mine, onChoose, close }: ChooseProps & { close: () => void }) {
  useEffect(() => void desk.load(), []);
  const all = desk.groups.value;
  const manage = () => {
    close();
    dialog.value = { name: "groups" };
  };
  return (
    <>
      {all === null && <p class="muted menu-words">Loading…</p>}
      {all?.length === 0 && <p class="muted menu-words">Your clinic has no groups yet.</p>}
      {all?.map((group) => {
        const isIn = mine.some((each) => each.id === group.id);
        return (
          <button key={group.id} type="button" class="item" aria-pressed={isIn} onClick={() => onChoose(group)}>
            <span class="grow" dir="auto">
              {group.name}
            </span>
            {isIn && <Icon name="check" />}
          </button>
        );
      })}
      {mayManage() && (
        <button type="button" class="item" onClick={manage}>
          <Icon name="edit" /> <span class="grow">Change the groups</span>
        </button>
      )}
    </>
  );
}

/** Null until they are here. */
function useGroups(patient: string): [readonly GroupRef[] | null, () => void] {
  const [mine, setMine] = useState<readonly GroupRef[] | null>(null);
  const [times, setTimes] = useState(0);
  const heard = desk.heard.value;
  useEffect(() => {
    let isOver = false;
    desk.ofPatient(patient).then(
      (found) => !isOver && setMine(found),
      // Without them the panel shows everything else.
      () => undefined,
    );
    return () => {
      isOver = true;
    };
  }, [patient, heard, times]);
  return [mine, () => setTimes((before) => before + 1)];
}
