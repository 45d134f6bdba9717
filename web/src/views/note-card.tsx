/** A note in the thread: a yellow card with square corners, unlike anything that a patient was sent. */

import type { Note } from "../../../realtime/client/wire.gen.ts";
import * as notes from "../notes.ts";
import { connection, me, type PendingNote } from "../store.ts";
import { inWords } from "../words/refusals.ts";
import { clock, sentence } from "../words/time.ts";
import { Icon } from "./icon.tsx";
import { NoteText, Text } from "./text.tsx";

export function NoteCard({ note, now }: { note: Note; now: number }) {
  return (
    <article class={`note-card ${note.mentions.some((each) => each.id === me.value?.user.id) ? "calls" : ""}`}>
      <h3>
        <Icon name="note" size={14} /> {note.by.id === me.value?.user.id ? "You" : note.by.name}
        <span class="hidden">, note for the team, {sentence(note.at, now)}</span>
      </h3>
      <NoteText body={note.body} mentions={note.mentions} />
      <p class="below">
        <span>Only the team</span>
        <time dateTime={note.at} title={sentence(note.at, now)}>
          {clock(note.at)}
        </time>
      </p>
    </article>
  );
}

/** One that the server has not taken yet. */
export function NoteEcho({ entry }: { entry: PendingNote }) {
  return (
    <article class={`note-card echo ${entry.state}`}>
      <h3>
        <Icon name="note" size={14} /> You<span class="hidden">, note for the team</span>
      </h3>
      <Text body={entry.draft.body} />
      <p class="below">{entry.state === "refused" ? <NotAdded entry={entry} /> : <OnItsWay entry={entry} />}</p>
    </article>
  );
}

function OnItsWay({ entry }: { entry: PendingNote }) {
  const isWaiting = entry.state === "waiting" || connection.value.name === "offline";
  return <span>{isWaiting ? "Waiting for the network" : "Adding…"}</span>;
}

function NotAdded({ entry }: { entry: PendingNote }) {
  return (
    <>
      <span class="standing bad">
        <Icon name="alert" size={13} /> Not added – {entry.refusal ? inWords(entry.refusal) : "refused"}
      </span>
      <button type="button" class="link" onClick={() => notes.takeBack(entry.key)}>
        Edit
      </button>
      <button type="button" class="link" onClick={() => notes.drop(entry.key)}>
        Discard
      </button>
    </>
  );
}
