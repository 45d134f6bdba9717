/** The clinic's groups of patients: made, renamed, deleted and brought back; one of them with who is in it. */

import { useEffect, useState } from "preact/hooks";
import type { Group } from "../../../realtime/client/wire.gen.ts";
import * as desk from "../groups.ts";
import { mayManage } from "../tags.ts";
import { many } from "../words/counts.ts";
import { useFirstFocus } from "./focus.ts";
import { GroupName } from "./group-name.tsx";
import { GroupPatients } from "./group-patients.tsx";
import { Modal } from "./modal.tsx";
import { type Change, useChanges } from "./put-back.tsx";

type Step = { name: "all" | "new" } | { name: "patients" | "rename"; group: string };

export function GroupsDialog({ group, onClose }: { group?: string | undefined; onClose: () => void }) {
  const [step, setStep] = useState<Step>(group ? { name: "patients", group } : { name: "all" });
  const [isFailed, setFailed] = useState(false);
  useEffect(() => void desk.load().then((isHere) => setFailed(!isHere)), []);
  const toAll = () => setStep({ name: "all" });
  const all = desk.groups.value;
  const chosen = "group" in step ? all?.find((each) => each.id === step.group) : undefined;
  if (step.name === "new") {
    return (
      <Modal title="New group" onClose={onClose}>
        <GroupName
          verb="Make the group"
          save={async (name) => setStep({ name: "patients", group: (await desk.create(name)).id })}
          onEnd={toAll}
        />
      </Modal>
    );
  }
  if (chosen && step.name === "rename") {
    return (
      <Modal title={`Rename “${chosen.name}”`} onClose={onClose}>
        <GroupName
          name={chosen.name}
          verb="Rename"
          save={(name) => desk.rename(chosen.id, name).then(toAll)}
          onEnd={toAll}
        />
      </Modal>
    );
  }
  if (chosen) {
    return (
      <Modal title={chosen.name} onClose={onClose}>
        <GroupPatients key={chosen.id} group={chosen} onBack={toAll} onClose={onClose} />
      </Modal>
    );
  }
  return (
    <Modal title="Groups" onClose={onClose}>
      <All all={all} isFailed={isFailed} onStep={setStep} onClose={onClose} />
    </Modal>
  );
}

interface AllProps {
  all: readonly Group[] | null;
  isFailed: boolean;
  onStep: (step: Step) => void;
  onClose: () => void;
}

function All({ all, isFailed, onStep, onClose }: AllProps) {
  const { change, said, gone } = useChanges();
  const box = useFirstFocus<HTMLDivElement>(gone ?? String(all !== null));
  return (
    <div ref={box} class="my-views groups">
      <p class="muted">Patients to whom the clinic writes at once. Patients never see the groups.</p>
      {said}
      {all === null && <p class="muted">{isFailed ? "The groups did not load. Try again in a moment." : "Loading…"}</p>}
      {all?.length === 0 && (
        <p class="muted">There are none yet.{!mayManage() && " A supervisor or an administrator can make one."}</p>
      )}
      <ul>
        {all?.map((group) => (
          <Item key={group.id} group={group} onStep={onStep} change={change} />
        ))}
      </ul>
      <footer>
        <button type="button" onClick={onClose}>
          Close
        </button>
        {mayManage() && (
          <button type="button" class="primary" onClick={() => onStep({ name: "new" })}>
            New group
          </button>
        )}
      </footer>
    </div>
  );
}

function Item({ group, onStep, change }: { group: Group; onStep: (step: Step) => void; change: Change }) {
  const { id, name } = group;
  const back = { words: `Deleted “${name}”.`, act: () => desk.restore(id), id };
  return (
    <li>
      <span class="grow">
        <button
          type="button"
          class="link"
          aria-label={`Open ${name}`}
          onClick={() => onStep({ name: "patients", group: id })}
        >
          <strong dir="auto">{name}</strong>
        </button>
        <small class="muted">{many(group.patients, "patient")}</small>
      </span>
      {mayManage() && (
        <>
          <button
            type="button"
            class="link"
            aria-label={`Rename ${name}`}
            onClick={() => onStep({ name: "rename", group: id })}
          >
            Rename
          </button>
          <button
            type="button"
            class="link"
            aria-label={`Delete ${name}`}
            onClick={() => void change(() => desk.remove(id), back)}
          >
            Delete
          </button>
        </>
      )}
    </li>
  );
}
