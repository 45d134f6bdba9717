/** Who is in a group of patients: added by searching, taken out, and put back. */

import { useEffect, useState } from "preact/hooks";
import type { Group, GroupMember } from "../../../realtime/client/wire.gen.ts";
import * as desk from "../groups.ts";
import { many } from "../words/counts.ts";
import { Avatar } from "./avatar.tsx";
import { Combobox } from "./combobox.tsx";
import { marksOf, useFound } from "./find-patient.tsx";
import { useChanges } from "./put-back.tsx";

interface GroupPatientsProps {
  group: Group;
  onBack: () => void;
  onClose: () => void;
}

export function GroupPatients({ group, onBack, onClose }: GroupPatientsProps) {
  const { members, next, isFailed, more } = useMembers(group.id);
  const { change, said } = useChanges();
  const takeOut = ({ patient }: GroupMember) =>
    change(() => desk.takeOut(group.id, patient.id), {
      id: patient.id,
      words: `Took ${patient.name} out.`,
      act: () => desk.putIn(group.id, patient.id),
    });
  return (
    <div class="my-views groups">
      {desk.mayFill() && <Add group={group} onAdd={(patient) => change(() => desk.putIn(group.id, patient), null)} />}
      {said}
      <p class="muted" role="status">
        {isFailed ? "The patients did not load. Try again in a moment." : many(group.patients, "patient")}
      </p>
      <ul aria-label="Patients in the group">
        {members.map((each) => (
          <li key={each.patient.id}>
            <Avatar id={each.patient.id} initials={each.patient.initials} />
            <span class="grow">
              <span dir="auto">{each.patient.name}</span>
              <small class="muted">{marks(each)}</small>
            </span>
            {desk.mayFill() && (
              <button
                type="button"
                class="link"
                aria-label={`Take out ${each.patient.name}`}
                onClick={() => void takeOut(each)}
              >
                Take out
              </button>
            )}
          </li>
        ))}
      </ul>
      {next && (
        <button type="button" class="link" onClick={more}>
          Show more
        </button>
      )}
      <footer>
        <button type="button" onClick={onBack}>
          All groups
        </button>
        <button type="button" onClick={onClose}>
          Close
        </button>
      </footer>
    </div>
  );
}

function marks({ date_of_birth, phone_end, mrn }: GroupMember): string {
  const known = [
    date_of_birth && `born ${date_of_birth.slice(0, 4)}`,
    phone_end && `phone ··${phone_end}`,
    mrn && `MRN ${mrn}`,
  ];
  return known.filter(Boolean).join(" · ");
}

interface AddProps {
  group: Group;
  /** Whether it was done. */
  onAdd: (patient: string) => Promise<boolean>;
}

/** The field keeps the focus, for the next one. */
function Add({ group, onAdd }: AddProps) {
  const [text, setText] = useState("");
  const { found, isFailed } = useFound(text);
  const add = async (patient: string) => {
    if (await onAdd(patient)) setText("");
  };
  const options = (found ?? []).map((patient) => ({
    key: patient.id,
    view: (
      <>
        <Avatar id={patient.id} initials={patient.initials} />
        <span class="grow">
          {patient.name}
          <small>{marksOf(patient)}</small>
        </span>
      </>
    ),
    act: () => void add(patient.id),
  }));
  const status = isFailed ? "Search is not available. Try again in a moment." : found && many(found.length, "patient");
  return (
    <Combobox
      label={`Add to ${group.name}: name, phone, e-mail or MRN`}
      text={text}
      onText={setText}
      status={status ?? ""}
      sections={[{ title: "Patients", options }]}
    />
  );
}

interface Members {
  members: readonly GroupMember[];
  next: string | null;
  isFailed: boolean;
  more: () => void;
}

/** The first page, again whenever groups changed; further ones when they are asked for. */
function useMembers(group: string): Members {
  const [shown, setShown] = useState<Omit<Members, "isFailed" | "more">>({ members: [], next: null });
  const [isFailed, setFailed] = useState(false);
  const times = desk.heard.value;
  useEffect(() => {
    let isOver = false;
    desk.page(group, null).then(
      (page) => {
        if (isOver) return;
        setShown(page);
        setFailed(false);
      },
      () => !isOver && setFailed(true),
    );
    return () => {
      isOver = true;
    };
  }, [group, times]);
  const more = () =>
    void desk.page(group, shown.next).then(
      (page) => setShown((before) => ({ members: [...before.members, ...page.members], next: page.next })),
      () => setFailed(true),
    );
  return { ...shown, isFailed, more };
}
