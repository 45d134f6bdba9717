/** The messages, oldest first. It stays at the bottom only for a reader who is there. */

import { Fragment } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Message } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import { useSeen } from "../seen.ts";
import { eventsByNumber, newest, type ThreadState, viewedMarks } from "../state/thread.ts";
import { me, type Pending, pending, presence, teamOf } from "../store.ts";
import * as threads from "../threads.ts";
import { many } from "../words/counts.ts";
import { day, isSameDay } from "../words/time.ts";
import { Bubble } from "./bubble.tsx";
import { Echo } from "./echo.tsx";
import { Events } from "./events.tsx";
import { Icon } from "./icon.tsx";
import { Laters } from "./laters.tsx";
import { Dots } from "./row.tsx";

/** Closer to the bottom than this, a reader is taken to be following. */
const NEAR = 100;

export function Timeline({ open }: { open: ThreadState }) {
  const box = useRef<HTMLDivElement>(null);
  const echoes = pending.value.filter((entry) => entry.draft.conversation === open.row.id);
  const writing = presence.value
    .get(open.row.id)
    ?.find((each) => each.who.kind === "patient" && each.kind === "typing");
  const { missed, follow, onScroll } = useBottom(box, open, echoes.length);
  useSeen(box, open);
  return (
    <div class="timeline-box">
      <div class="timeline" ref={box} onScroll={onScroll} tabIndex={-1}>
        {open.before !== null && (
          <button type="button" class="quiet older" onClick={() => void threads.loadOlder()}>
            Show older messages
          </button>
        )}
        <Messages open={open} />
        <ol class="messages">
          {echoes.map((entry) => (
            <Echo key={entry.key} entry={entry} />
          ))}
        </ol>
        <Laters open={open} />
        {writing && (
          <p class="typing">
            <Dots /> {writing.who.name.split(" ")[0]} is writing
          </p>
        )}
      </div>
      {missed > 0 && (
        <button type="button" class="to-bottom" onClick={follow}>
          <Icon name="arrow-down" size={14} /> {many(missed, "new message")}
        </button>
      )}
    </div>
  );
}

function Messages({ open }: { open: ThreadState }) {
  const marks = viewedMarks(open.messages);
  const now = clock.now.value;
  const mayAct = teamOf(open.row.team)?.is_member !== false;
  const lines = eventsByNumber(open.events);
  if (open.messages.length === 0 && open.events.length === 0 && !hasEchoes(pending.value, open.row.id)) {
    return <p class="no-messages">No messages yet. Say hello securely.</p>;
  }
  return (
    <ol class="messages">
      {open.before === null && <Events events={lines.get(0)} now={now} />}
      {open.messages.map((message, at) => {
        const before = open.messages[at - 1];
        const startsDay = !before || !isSameDay(before.at, message.at);
        return (
          <Fragment key={message.id}>
            <li data-number={message.number}>
              {startsDay && <h2 class="day">{day(message.at, now)}</h2>}
              <Bubble
                message={message}
                patient={open.patient}
                mayAct={mayAct}
                isGrouped={!startsDay && continues(before, message)}
                isMine={message.from.id === me.value?.user.id}
                readers={marks.get(message.id)}
                now={now}
              />
            </li>
            <Events events={lines.get(message.number)} now={now} />
          </Fragment>
        );
      })}
    </ol>
  );
}

const hasEchoes = (entries: readonly Pending[], id: string) => entries.some((each) => each.draft.conversation === id);

/** The same person goes on, in the same way, within five minutes: no need to say again who. */
function continues(before: Message | undefined, message: Message): boolean {
  if (!before || before.from.id !== message.from.id || before.via !== message.via) return false;
  return Date.parse(message.at) - Date.parse(before.at) < 5 * 60_000;
}

interface Box {
  current: HTMLDivElement | null;
}

const distance = (box: HTMLElement) => box.scrollHeight - box.scrollTop - box.clientHeight;

/** Keeps a following reader at the bottom and everybody else where they are, also when older messages come above. */
function useBottom(box: Box, open: ThreadState, echoes: number) {
  const isNear = useRef(true);
  const height = useRef(0);
  const seen = useRef({ newest: newest(open), first: open.messages[0]?.number ?? 0, echoes: 0 });
  const [missed, setMissed] = useState(0);
  const follow = () => {
    isNear.current = true;
    setMissed(0);
    box.current?.scrollTo({ top: box.current.scrollHeight });
  };
  useLayoutEffect(() => {
    const pane = box.current;
    if (!pane) return;
    const now = { newest: newest(open), first: open.messages[0]?.number ?? 0, echoes };
    const cameAbove = now.first < seen.current.first;
    const wroteMyself = now.echoes > seen.current.echoes;
    const more = now.newest - seen.current.newest;
    seen.current = now;
    if (isNear.current || wroteMyself) follow();
    else if (cameAbove) pane.scrollTop += pane.scrollHeight - height.current;
    else if (more > 0) setMissed(missed + more);
    height.current = pane.scrollHeight;
  });
  useResize(box, () => isNear.current && follow());
  const onScroll = () => {
    isNear.current = box.current !== null && distance(box.current) < NEAR;
    if (isNear.current && missed > 0) setMissed(0);
    if (box.current && box.current.scrollTop < 200) void threads.loadOlder();
  };
  return { missed, follow, onScroll };
}

/** The composer grows and keyboards of phones come up: the bottom must stay the bottom. */
function useResize(box: Box, act: () => void): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    if (!box.current) return;
    const watcher = new ResizeObserver(() => latest.current());
    watcher.observe(box.current);
    return () => watcher.disconnect();
  }, []);
}
