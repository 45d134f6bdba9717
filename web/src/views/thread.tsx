/** The open conversation: who it is with, the messages, and the composer. */

import { useLayoutEffect, useRef } from "preact/hooks";
import type { Row } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import * as desk from "../desk.ts";
import { looks } from "../state/presence.ts";
import { isAtEnd } from "../state/stretch.ts";
import type { ThreadState } from "../state/thread.ts";
import { me, noting, panelOpen, place, presence, teamOf, thread, threadLoading } from "../store.ts";
import * as threads from "../threads.ts";
import { beginners } from "../words/begun.ts";
import { lineOf } from "../words/events.ts";
import { otherLanguage } from "../words/languages.ts";
import { age, when } from "../words/time.ts";
import { AssignMenu, Claimed, Snoozed } from "./assign.tsx";
import { Avatar } from "./avatar.tsx";
import { Composer } from "./composer.tsx";
import { DropHere, useDrop } from "./drop-zone.tsx";
import { Icon } from "./icon.tsx";
import { NoteComposer } from "./note-composer.tsx";
import { TagMenu, ThreadTags } from "./tags.tsx";
import { Tasks } from "./tasks.tsx";
import { ThreadMenu } from "./thread-menu.tsx";
import { Timeline } from "./timeline.tsx";

export function ThreadPane() {
  const open = thread.value;
  if (place.value.conversation === null) return <Nothing />;
  if (threadLoading.value === "gone") return <Gone />;
  if (open === null) return threadLoading.value === "failed" ? <Failed /> : <Waiting />;
  return <Open key={open.row.id} open={open} />;
}

function Open({ open }: { open: ThreadState }) {
  const team = teamOf(open.row.team);
  const { isOver, zone } = useDrop(open.row.id, team?.is_member !== false);
  return (
    <section class="thread" aria-label={`Conversation with ${open.patient.name}`} {...zone}>
      {isOver && <DropHere name={open.patient.first_name || open.patient.name} />}
      <ThreadHeader open={open} />
      <ThreadTags row={open.row} />
      {open.row.state === "done" && <DoneStrip open={open} isMine={team?.is_member !== false} />}
      <Snoozed row={open.row} mayAct={team?.is_member !== false} />
      <Claimed row={open.row} />
      <Tasks open={open} mayAct={team?.is_member !== false} />
      <Timeline key={open.row.id} open={open} />
      {threadLoading.value === "failed" && <FailedLine />}
      {team?.is_member === false ? (
        <p class="observing">
          <Icon name="eye" /> You are observing {team.name}. Members of the team answer.
        </p>
      ) : (
        <Writing open={open} />
      )}
    </section>
  );
}

/** One of the two: nothing of one is on the screen while the other is. */
function Writing({ open }: { open: ThreadState }) {
  if (noting.value === open.row.id) return <NoteComposer key={`note ${open.row.id}`} open={open} />;
  return <Composer key={`composer ${open.row.id}`} open={open} />;
}

function ThreadHeader({ open }: { open: ThreadState }) {
  const { patient, row } = open;
  const heading = useRef<HTMLHeadingElement>(null);
  // Opening is the person's own act, so the focus goes along and screen readers start here: at once, or it would be
  // taken from what the next key opens.
  useLayoutEffect(() => {
    const isWriting = ["composer", "note"].includes(document.activeElement?.id ?? "");
    if (!isWriting) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <header class="thread-header">
      <button type="button" class="icon-button back" aria-label="Back to the list" onClick={threads.close}>
        <Icon name="back" size={20} />
      </button>
      <Avatar id={patient.id} initials={patient.initials} />
      <div class="grow who">
        <h1 tabIndex={-1} ref={heading}>
          {patient.name}
        </h1>
        <p class="muted">
          <Facts open={open} />
        </p>
      </div>
      <Colleagues row={row} />
      <AssignMenu row={row} mayAct={teamOf(row.team)?.is_member !== false} />
      {teamOf(row.team)?.is_member !== false && <DoneButton row={row} />}
      <button
        type="button"
        class="icon-button"
        aria-label="Patient"
        title="P"
        aria-pressed={panelOpen.value}
        onClick={() => (panelOpen.value = !panelOpen.value)}
      >
        <Icon name="panel" size={18} />
      </button>
      {teamOf(row.team)?.is_member !== false && <TagMenu row={row} />}
      <ThreadMenu row={row} mayAct={teamOf(row.team)?.is_member !== false} />
    </header>
  );
}

/** Where there is little room the icon stands alone. */
function DoneButton({ row }: { row: Row }) {
  const [icon, word] = row.state === "done" ? (["reopen", "Reopen"] as const) : (["check", "Done"] as const);
  return (
    <button type="button" class="quiet" title="E" aria-label={word} onClick={() => void desk.toggleDone(row.id)}>
      <Icon name={icon} />
      <span>{word}</span>
    </button>
  );
}

function Facts({ open }: { open: ThreadState }) {
  const { patient, row } = open;
  const born = patient.date_of_birth;
  const language = otherLanguage(patient.language);
  const facts = [
    teamOf(row.team)?.name,
    born ? `${age(born, clock.now.value)} y, born ${born.slice(0, 4)}` : "no birth date",
    language && `prefers ${language}`,
  ];
  return <>{facts.filter(Boolean).join(" · ")}</>;
}

function Colleagues({ row }: { row: Row }) {
  const marks = presence.value.get(row.id)?.filter((mark) => mark.who.kind === "staff") ?? [];
  return (
    <span class="colleagues">
      {marks.map((mark) => (
        <span key={mark.who.id} class={`presence ${mark.kind === "typing" ? "writing" : ""}`}>
          <Icon name={mark.kind === "typing" ? "edit" : "eye"} size={14} />
          {mark.who.name} is {mark.kind === "typing" ? "replying" : looks(mark.who)}
        </span>
      ))}
      {beginners(row, me.value?.user.id).map((words) => (
        <span key={words} class="presence">
          {words}
        </span>
      ))}
    </span>
  );
}

/** Who did, and when, as far as it is on the screen; why, too, where the patient waited. */
function DoneStrip({ open, isMine }: { open: ThreadState; isMine: boolean }) {
  const done = isAtEnd(open) ? open.events.findLast((event) => event.kind === "done") : undefined;
  const words = done ? `${lineOf(done, me.value?.user.id)} · ${when(done.at, clock.now.value)}.` : "This is done.";
  return (
    <div class="done-strip">
      <Icon name="check" /> {words} A new message opens it again.
      {isMine && (
        <button type="button" class="link" title="E" onClick={() => void desk.toggleDone(open.row.id)}>
          Reopen
        </button>
      )}
    </div>
  );
}

function Nothing() {
  return (
    <section class="thread nothing" aria-label="Conversation">
      <span class="empty-mark">
        <Icon name="lock" size={30} />
      </span>
      <p>Choose a conversation</p>
      <p class="muted">
        <kbd>J</kbd> <kbd>K</kbd> to move, <kbd>Enter</kbd> to open,{" "}
        {me.value?.teams.some((team) => team.is_member) && (
          <>
            <kbd>C</kbd> for a new one,{" "}
          </>
        )}
        <kbd>?</kbd> for all keys
      </p>
    </section>
  );
}

function Gone() {
  return (
    <section class="thread nothing" aria-label="Conversation">
      <p>You no longer have access to this conversation, or it does not exist.</p>
      <button type="button" onClick={threads.close}>
        Back to the list
      </button>
    </section>
  );
}

function Failed() {
  return (
    <section class="thread nothing" aria-label="Conversation">
      <p role="alert">The conversation did not load.</p>
      <button type="button" onClick={() => void threads.load()}>
        Try again
      </button>
    </section>
  );
}

function FailedLine() {
  return (
    <p class="failed-line" role="alert">
      New messages did not load.
      <button type="button" class="link" onClick={() => void threads.load()}>
        Try again
      </button>
    </p>
  );
}

function Waiting() {
  return (
    <section class="thread" aria-busy="true" aria-label="Conversation">
      <div class="thread-header" />
      <div class="skeleton bubbles">
        <span class="bone bubble-bone" />
        <span class="bone bubble-bone ours" />
        <span class="bone bubble-bone" />
      </div>
    </section>
  );
}
