/** What was written in a conversation, in turn: messages, and the team's notes where they were added. */

import type { Message } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import { type Entry, idOf, inTurn, momentOf } from "../state/notes.ts";
import { viewedMarks } from "../state/stretch.ts";
import type { ThreadState } from "../state/thread.ts";
import { me, pending, pendingNotes, pointed, teamOf } from "../store.ts";
import { day, isSameDay } from "../words/time.ts";
import { Bubble } from "./bubble.tsx";
import { Echo } from "./echo.tsx";
import { EventLine } from "./events.tsx";
import { NoteCard, NoteEcho } from "./note-card.tsx";

interface MessagesProps {
  open: ThreadState;
  /** The number of the message over which a line says that what follows is new to the reader. */
  newFrom?: number | undefined;
}

export function Messages({ open, newFrom }: MessagesProps) {
  const marks = viewedMarks(open);
  const now = clock.now.value;
  const mayAct = teamOf(open.row.team)?.is_member !== false;
  const all = inTurn(open.messages, open.notes, open.events);
  return (
    <ol class="messages">
      {all.map((entry, at) => {
        const before = all[at - 1];
        const startsDay = !before || !isSameDay(momentOf(before), momentOf(entry));
        const { message, note, event } = entry;
        if (event) return <EventLine key={event.id} event={event} startsDay={startsDay} now={now} />;
        return (
          <li
            key={idOf(entry)}
            data-number={message?.number}
            data-note={note?.number}
            class={isPointed(open, entry) ? "pointed" : undefined}
          >
            {startsDay && <h2 class="day">{day(momentOf(entry), now)}</h2>}
            {message?.number === newFrom && message && <NewLine />}
            {note && <NoteCard note={note} now={now} />}
            {message && (
              <Bubble
                message={message}
                patient={open.patient}
                mayAct={mayAct}
                isGrouped={!startsDay && message.number !== newFrom && continues(before, message)}
                isMine={message.from.id === me.value?.user.id}
                readers={marks.get(message.id)}
                now={now}
              />
            )}
          </li>
        );
      })}
    </ol>
  );
}

function NewLine() {
  return (
    <h2 class="new-line">
      New<span class="hidden"> to you</span>
    </h2>
  );
}

function isPointed(open: ThreadState, { message, note }: Entry): boolean {
  const at = pointed.value;
  return at?.conversation === open.row.id && at.number === (at.kind === "note" ? note : message)?.number;
}

/** The same person goes on, in the same way, within five minutes: no need to say again who. */
function continues(entry: Entry | undefined, message: Message): boolean {
  const before = entry?.message;
  if (!before || before.from.id !== message.from.id || before.via !== message.via) return false;
  return Date.parse(message.at) - Date.parse(before.at) < 5 * 60_000;
}

export const echoesOf = (id: string) => pending.value.filter((each) => each.draft.conversation === id);
export const noteEchoesOf = (id: string) => pendingNotes.value.filter((each) => each.draft.conversation === id);

/** What is not yet taken by the server. */
export function Echoes({ id }: { id: string }) {
  return (
    <ol class="messages">
      {noteEchoesOf(id).map((entry) => (
        <li key={entry.key}>
          <NoteEcho entry={entry} />
        </li>
      ))}
      {echoesOf(id).map((entry) => (
        <Echo key={entry.key} entry={entry} />
      ))}
    </ol>
  );
}
