/** Coworkers in the box of a new conversation: who is on, and how to call on one. */

import { useEffect, useState } from "preact/hooks";
import type { Coworker } from "../../../realtime/client/wire.gen.ts";
import * as mentions from "../mentions.ts";
import * as notes from "../notes.ts";
import * as reads from "../reads.ts";
import { members, teamOf, thread } from "../store.ts";
import { many } from "../words/counts.ts";
import { named } from "../words/mentions.ts";
import { Avatar } from "./avatar.tsx";
import { Combobox, type Option } from "./combobox.tsx";

interface CoworkersProps {
  text: string;
  onText: (text: string) => void;
  onClose: () => void;
}

export function Coworkers({ text, onText, onClose }: CoworkersProps) {
  const { all, isFailed } = useCoworkers();
  const team = thread.value ? teamOf(thread.value.row.team) : undefined;
  const isMember = team?.is_member === true;
  useEffect(() => void (isMember && team && mentions.need(team.id)), [team?.id]);
  const [why, setWhy] = useState("");
  const choose = (each: Coworker) => {
    const no = obstacle(each);
    setWhy(no);
    if (no) return;
    onClose();
    notes.beginFor(each);
  };
  const found = named(all, text.trim());
  const option = (each: Coworker): Option => ({
    key: each.id,
    view: <Found coworker={each} />,
    act: () => choose(each),
  });
  const on = found.filter((each) => each.is_on);
  const away = found.filter((each) => !each.is_on);
  const status = isFailed ? "The list did not load. Try again in a moment." : many(found.length, "coworker");
  return (
    <Combobox
      label="Coworker’s name"
      text={text}
      onText={onText}
      status={status}
      sections={[
        { title: "On now", options: on.map(option) },
        { title: "Not on", options: away.map(option) },
      ]}
    >
      <p class={`hint ${why ? "bad" : "muted"}`} role="status">
        {why || (isFailed ? status : hint(isMember))}
      </p>
    </Combobox>
  );
}

function hint(isMember: boolean): string {
  const patient = thread.value?.patient;
  if (patient && isMember)
    return `Choose one to call on them in a note about ${patient.name}. The patient does not see it.`;
  return "Open a conversation first: there you call on a coworker in a note. Writing to coworkers alone comes later.";
}

function Found({ coworker }: { coworker: Coworker }) {
  return (
    <>
      <Avatar id={coworker.id} initials={coworker.initials} />
      <span class="grow">
        {coworker.name}
        <small>{coworker.teams.join(" · ") || "In no team"}</small>
      </span>
    </>
  );
}

/** Why they cannot be called on, or nothing: there has to be a conversation, and they have to be able to read it. */
function obstacle({ id, name }: Coworker): string {
  const team = thread.value ? teamOf(thread.value.row.team) : undefined;
  if (!team?.is_member) return "Open a conversation first, then choose a coworker here.";
  const isReader = members.value.get(team.id)?.some((each) => each.id === id);
  return isReader ? "" : `${name} is not in ${team.name} and cannot read this conversation.`;
}

function useCoworkers(): { all: readonly Coworker[]; isFailed: boolean } {
  const [all, setAll] = useState<readonly Coworker[]>([]);
  const [isFailed, setFailed] = useState(false);
  useEffect(() => {
    reads.coworkers().then(setAll, () => setFailed(true));
  }, []);
  return { all, isFailed };
}
