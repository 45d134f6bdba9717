/** Another conversation of the same patient, read over the open one: nothing can be written or done here. */

import type { Message } from "../../../realtime/client/wire.gen.ts";
import { useBeside } from "../beside.ts";
import * as clock from "../clock.ts";
import { idOf, inTurn, momentOf } from "../state/notes.ts";
import { isAtEnd } from "../state/stretch.ts";
import type { ThreadState } from "../state/thread.ts";
import { me, teamOf } from "../store.ts";
import * as threads from "../threads.ts";
import { nameOf } from "../words/files.ts";
import { day, clock as hour, isSameDay, sentence } from "../words/time.ts";
import { carriedBy } from "../words/ways.ts";
import { caption } from "./bubble.tsx";
import { EventLine } from "./events.tsx";
import { Icon } from "./icon.tsx";
import { Modal } from "./modal.tsx";
import { NoteCard } from "./note-card.tsx";
import { Text } from "./text.tsx";

export function BesideDialog({ conversation, onClose }: { conversation: string; onClose: () => void }) {
  const { state, problem, again, older, newer } = useBeside(conversation);
  const go = () => {
    onClose();
    void threads.open(conversation);
  };
  return (
    <Modal
      title={state ? `${state.patient.name} with ${nameOfTeam(state)}` : "Another conversation"}
      onClose={onClose}
      wide
    >
      {problem === "gone" && <p role="alert">You cannot read this conversation any more.</p>}
      {problem === "failed" && (
        <p role="alert">
          The conversation did not load.{" "}
          <button type="button" class="link" onClick={again}>
            Try again
          </button>
        </p>
      )}
      {state === null && problem === null && <p class="muted">Loading the conversation…</p>}
      {state && <Said state={state} older={older} newer={newer} />}
      {problem !== "gone" && (
        <footer>
          <button type="button" onClick={onClose}>
            Close
          </button>
          <button type="button" class="primary" onClick={go}>
            Open it
          </button>
        </footer>
      )}
    </Modal>
  );
}

const nameOfTeam = ({ row }: ThreadState) => teamOf(row.team)?.name ?? "another team";

interface SaidProps {
  state: ThreadState;
  older: () => void;
  newer: () => void;
}

function Said({ state, older, newer }: SaidProps) {
  const now = clock.now.value;
  const all = inTurn(state.messages, state.notes, state.events);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached without a pointer (WCAG 2.1.1).
    <section class="beside" tabIndex={0} aria-label="What was written">
      {state.before !== null && (
        <button type="button" class="quiet older" onClick={older}>
          Show older messages
        </button>
      )}
      {all.length === 0 && <p class="muted">Nothing was written here yet.</p>}
      <ol>
        {all.map((entry, at) => {
          const before = all[at - 1];
          const startsDay = !before || !isSameDay(momentOf(before), momentOf(entry));
          const { message, note, event } = entry;
          if (event) return <EventLine key={event.id} event={event} startsDay={startsDay} now={now} />;
          return (
            <li key={idOf(entry)}>
              {startsDay && <h3 class="day">{day(momentOf(entry), now)}</h3>}
              {note && <NoteCard note={note} now={now} />}
              {message && <Line message={message} now={now} />}
            </li>
          );
        })}
      </ol>
      {!isAtEnd(state) && (
        <button type="button" class="quiet older" onClick={newer}>
          Show newer messages
        </button>
      )}
    </section>
  );
}

function Line({ message, now }: { message: Message; now: number }) {
  const { from, recalled, files } = message;
  return (
    <article class={from.kind === "staff" ? "ours" : "theirs"}>
      <p>
        <strong>{from.id === me.value?.user.id ? "You" : from.name}</strong>{" "}
        <span class="muted">
          <time dateTime={message.at} title={sentence(message.at, now)}>
            {hour(message.at)}
          </time>
          {` · ${carriedBy(message)}`}
        </span>
      </p>
      {recalled && <p class="muted">{recalled.by} took this back</p>}
      {recalled ? (
        <s>
          <Text body={message.body} />
        </s>
      ) : (
        <Text body={caption(message)} />
      )}
      {files.map((file) => (
        <p key={file.id} class="muted">
          <Icon name="file" size={14} /> {nameOf(file)}
        </p>
      ))}
    </article>
  );
}
