/**
 * The messages, oldest first. It opens where the reader left off, and stays at the bottom only for a reader who is there.
 */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { latePanel } from "../parts.ts";
import { useSeen } from "../seen.ts";
import { newest, type ThreadState } from "../state/thread.ts";
import { unread } from "../state/unread.ts";
import { pointed, presence } from "../store.ts";
import * as threads from "../threads.ts";
import { many } from "../words/counts.ts";
import { Icon } from "./icon.tsx";
import { Echoes, echoesOf, Messages, noteEchoesOf } from "./messages.tsx";
import { Dots } from "./row.tsx";

/** Closer to the bottom than this, a reader is taken to be following. */
const NEAR = 100;

export function Timeline({ open }: { open: ThreadState }) {
  const box = useRef<HTMLDivElement>(null);
  const echoes = echoesOf(open.row.id).length + noteEchoesOf(open.row.id).length;
  const isEmpty = open.messages.length + open.notes.length + open.events.length + echoes === 0;
  const writing = presence.value
    .get(open.row.id)
    ?.find((each) => each.who.kind === "patient" && each.kind === "typing");
  // As it was when the conversation was opened: the line stays while they read.
  const [left] = useState(() => unread(open));
  const { missed, follow, onScroll } = useBottom(box, open, echoes, left.length);
  useSeen(box, open);
  usePointed(box, open.row.id, onScroll);
  return (
    <div class="timeline-box">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached without a pointer (WCAG 2.1.1). */}
      <div class="timeline" ref={box} onScroll={onScroll} tabIndex={0}>
        {open.before !== null && (
          <button type="button" class="quiet older" onClick={() => void threads.loadOlder()}>
            Show older messages
          </button>
        )}
        {isEmpty ? (
          <p class="no-messages">No messages yet. Say hello securely.</p>
        ) : (
          <Messages open={open} newFrom={left[0]?.number} />
        )}
        <Echoes id={open.row.id} />
        {open.row.later.length > 0 && <Waiting open={open} />}
        {writing && (
          <p class="typing">
            <Dots /> {writing.who.name.split(" ")[0]} is writing
          </p>
        )}
      </div>
      {missed !== NONE && (
        <button type="button" class="to-bottom" onClick={follow}>
          <Icon name="arrow-down" size={14} /> {inWords(missed)}
        </button>
      )}
    </div>
  );
}

/** What waits for its time; how many, until that part is here. */
function Waiting({ open }: { open: ThreadState }) {
  const here = latePanel.here.value;
  useEffect(() => void latePanel.load(), []);
  if (here) return <here.Laters open={open} />;
  return <p class="no-messages">{many(open.row.later.length, "message")} to be sent later</p>;
}

interface Box {
  current: HTMLDivElement | null;
}

/** What came below while the reader was further up. */
interface Missed {
  messages: number;
  notes: number;
}

const NONE: Missed = { messages: 0, notes: 0 };

function inWords({ messages, notes }: Missed): string {
  return [messages && many(messages, "new message"), notes && many(notes, "new note")].filter(Boolean).join(" · ");
}

const marksOf = (open: ThreadState, echoes: number) => ({
  newest: newest(open),
  note: open.notes.at(-1)?.number ?? 0,
  first: open.messages[0]?.number ?? 0,
  echoes,
});

const distance = (box: HTMLElement) => box.scrollHeight - box.scrollTop - box.clientHeight;

/** Whether the first unread message stands above what is seen from the bottom; then it is gone to. */
function beginsAtUnread(pane: HTMLElement): boolean {
  pane.scrollTop = pane.scrollHeight;
  const line = pane.querySelector(".new-line");
  if (!line || line.getBoundingClientRect().top >= pane.getBoundingClientRect().top) return false;
  line.scrollIntoView({ block: "start" });
  return distance(pane) >= NEAR;
}

/** Keeps a following reader at the bottom and everybody else where they are, also when older messages come above. */
function useBottom(box: Box, open: ThreadState, echoes: number, unseen: number) {
  const isNew = useRef(true);
  const isNear = useRef(true);
  const height = useRef(0);
  const seen = useRef(marksOf(open, 0));
  const [missed, setMissed] = useState(NONE);
  const follow = () => {
    isNear.current = true;
    setMissed(NONE);
    box.current?.scrollTo({ top: box.current.scrollHeight });
  };
  useLayoutEffect(() => {
    const pane = box.current;
    if (!pane) return;
    const now = marksOf(open, echoes);
    const cameAbove = now.first < seen.current.first;
    const wroteMyself = now.echoes > seen.current.echoes;
    const more = { messages: now.newest - seen.current.newest, notes: now.note - seen.current.note };
    seen.current = now;
    if (isNew.current && beginsAtUnread(pane)) {
      isNear.current = false;
      setMissed({ messages: unseen, notes: 0 });
    } else if (isNear.current || wroteMyself) follow();
    else if (cameAbove) pane.scrollTop += pane.scrollHeight - height.current;
    else if (more.messages + more.notes > 0) {
      setMissed({ messages: missed.messages + more.messages, notes: missed.notes + more.notes });
    }
    isNew.current = false;
    height.current = pane.scrollHeight;
  });
  useResize(box, () => isNear.current && follow());
  const onScroll = () => {
    isNear.current = box.current !== null && distance(box.current) < NEAR;
    if (isNear.current) setMissed(NONE);
    if (box.current && box.current.scrollTop < 200) void threads.loadOlder();
  };
  return { missed, follow, onScroll };
}

/** Goes to what a search led to, with the focus, so that a screen reader goes on from there. */
function usePointed(box: Box, conversation: string, onScroll: () => void): void {
  const at = pointed.value?.conversation === conversation ? pointed.value : null;
  useEffect(() => {
    const entry = at && box.current?.querySelector<HTMLElement>(`[data-${nameOf[at.kind]}="${at.number}"]`);
    if (!entry) return;
    entry.tabIndex = -1;
    entry.focus({ preventScroll: true });
    entry.scrollIntoView({ block: "center" });
    // The reader is there now, and no longer follows the newest.
    onScroll();
  }, [at]);
}

const nameOf = { message: "number", note: "note" } as const;

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
