/**
 * The messages, oldest first. It opens where the reader left off, and stays at the bottom only for a reader who is there.
 * Of a very long conversation a stretch is held, and its ends come and go without what is read moving.
 */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { latePanel } from "../parts.ts";
import { useSeen } from "../seen.ts";
import { end, isAtEnd, newest } from "../state/stretch.ts";
import type { ThreadState } from "../state/thread.ts";
import { unread } from "../state/unread.ts";
import { pointed, presence, threadLoading } from "../store.ts";
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
        {!isAtEnd(open) && (
          <button type="button" class="quiet older" onClick={() => void threads.loadNewer()}>
            Show newer messages
          </button>
        )}
        <Echoes id={open.row.id} />
        {open.row.later.length > 0 && <Waiting open={open} />}
        {writing && isAtEnd(open) && (
          <p class="typing">
            <Dots /> {writing.who.name.split(" ")[0]} is writing
          </p>
        )}
      </div>
      {(missed !== NONE || !isAtEnd(open)) && (
        <button type="button" class="to-bottom" onClick={follow}>
          <Icon name="arrow-down" size={14} /> {inWords(missed) || "Newest messages"}
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
  note: open.lastNote,
  first: open.messages[0]?.number ?? 0,
  end: end(open),
  echoes,
});

type Marks = ReturnType<typeof marksOf>;

const distance = (box: HTMLElement) => box.scrollHeight - box.scrollTop - box.clientHeight;

/** Whether the first unread message stands above what is seen from the bottom; then it is gone to. */
function beginsAtUnread(pane: HTMLElement): boolean {
  pane.scrollTop = pane.scrollHeight;
  const line = pane.querySelector(".new-line");
  if (!line || line.getBoundingClientRect().top >= pane.getBoundingClientRect().top) return false;
  line.scrollIntoView({ block: "start" });
  return distance(pane) >= NEAR;
}

/** Keeps a following reader at the bottom and everybody else where they are, whatever comes or goes above and below. */
function useBottom(box: Box, open: ThreadState, echoes: number, unseen: number) {
  const isNew = useRef(true);
  const isNear = useRef(true);
  const seen = useRef(marksOf(open, 0));
  const [missed, setMissed] = useState(NONE);
  const now = marksOf(open, echoes);
  // While what was drawn last still stands.
  const stay = isMoved(seen.current, now) ? held(box.current) : null;
  const toEnd = () => {
    isNear.current = true;
    setMissed(NONE);
    box.current?.scrollTo({ top: box.current.scrollHeight });
  };
  const follow = useNewest(open, toEnd);
  useLayoutEffect(() => {
    const pane = box.current;
    if (!pane) return;
    const wroteMyself = now.echoes > seen.current.echoes;
    const more = cameBelow(seen.current, now);
    seen.current = now;
    if (isNew.current && beginsAtUnread(pane)) {
      isNear.current = false;
      setMissed({ messages: unseen, notes: 0 });
    } else if (wroteMyself) follow();
    else if (isNear.current && isAtEnd(open)) toEnd();
    else {
      stay?.();
      setMissed((known) => both(known, more));
    }
    isNew.current = false;
    if (!isAtEnd(open)) isNear.current = false;
    threads.standsAt(isNear.current);
  });
  useResize(box, () => isNear.current && isAtEnd(open) && toEnd());
  const onScroll = () => {
    if (!box.current) return;
    isNear.current = distance(box.current) < NEAR && isAtEnd(open);
    threads.standsAt(isNear.current);
    if (isNear.current) setMissed(NONE);
    if (box.current.scrollTop < 200) void threads.loadOlder();
    if (distance(box.current) < 200) void threads.loadNewer();
  };
  return { missed, follow, onScroll };
}

/** A first note may come with an older page: it is not new. */
const cameBelow = (before: Marks, now: Marks): Missed => ({
  messages: now.newest - before.newest,
  notes: now.first < before.first ? 0 : now.note - before.note,
});

const both = (known: Missed, more: Missed): Missed =>
  more.messages + more.notes > 0
    ? { messages: known.messages + more.messages, notes: known.notes + more.notes }
    : known;

const isMoved = (before: Marks, now: Marks) => before.first !== now.first || before.end !== now.end;

/** What stands in view now, and the focus: whatever changes around it, the answer puts both back. */
function held(pane: HTMLElement | null): (() => void) | null {
  if (!pane) return null;
  // By its end: over its words a day may come or go.
  const place = (entry: Element) => entry.getBoundingClientRect().bottom - pane.getBoundingClientRect().top;
  const entry = [...pane.querySelectorAll(".messages > li")].find((each) => place(each) > 0);
  if (!entry) return null;
  const from = place(entry);
  const hadFocus = pane.contains(document.activeElement);
  return () => {
    if (entry.isConnected) pane.scrollTop += place(entry) - from;
    if (hadFocus && !pane.contains(document.activeElement)) pane.focus({ preventScroll: true });
  };
}

/** To the newest message, which may have to be fetched again first. */
function useNewest(open: ThreadState, toEnd: () => void): () => void {
  const isWanted = useRef(false);
  useLayoutEffect(() => {
    if (!isWanted.current || !isAtEnd(open)) return;
    isWanted.current = false;
    toEnd();
  });
  return () => {
    if (isAtEnd(open)) return toEnd();
    isWanted.current = true;
    void threads.toNewest().then(() => {
      if (threadLoading.value !== "ready") isWanted.current = false;
    });
  };
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
