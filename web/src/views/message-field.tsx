/** The field of a message. After ";" it lists the saved replies. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import * as attaching from "../attaching.ts";
import * as drafting from "../drafts.ts";
import * as recalls from "../recalls.ts";
import * as replies from "../replies.ts";
import { enterSends } from "../singles.ts";
import type { ThreadState } from "../state/thread.ts";
import { draftOf, keepDraft } from "../store.ts";
import * as wire from "../wire.ts";
import { many } from "../words/counts.ts";
import type { Asking } from "../words/mentions.ts";
import { askingAt, type Offer, put } from "../words/replies.ts";
import * as work from "../work.ts";
import { BlankMarks, tabToBlank } from "./blanks.tsx";
import { listedBy, MOVES, say, useCompletion } from "./completing.ts";
import { PrivateReply, Replies } from "./replies.tsx";

const TYPING_EVERY = 3_000;

interface FieldProps {
  open: ThreadState;
  body: string;
  kind: "plain" | "secure";
  onSend: (isDone: boolean) => void;
  /** Turns to a private way; whether that could be. */
  onSecure: () => boolean;
}

export function Field(props: FieldProps) {
  const { open, body, kind } = props;
  const write = useWriting(open);
  const { list, held, secure } = useReplies(props, write);
  useHeight(list.field, body);
  return (
    <div class="message-field">
      <Replies list={list} isPlain={kind === "plain"} />
      <BlankMarks body={body} />
      <textarea
        id="composer"
        ref={list.field}
        rows={2}
        dir="auto"
        value={body}
        aria-describedby="reading-hint"
        aria-label={kind === "plain" ? "Plain text, not private" : "Private message"}
        {...listedBy("saved-reply", list)}
        placeholder={kind === "plain" ? "Nothing private here…" : "Write a message…"}
        onFocus={() => {
          void work.claimSoftly(open.row);
          void replies.need();
        }}
        onBlur={() => {
          list.close();
          void drafting.flush();
        }}
        onClick={list.look}
        onInput={(event) => {
          write(event.currentTarget.value);
          list.look();
        }}
        onPaste={(event) => paste(event, open)}
        onKeyDown={(event) => {
          const isHeld = held !== null && event.altKey && event.code === "KeyS";
          if (isHeld) secure();
          if (isHeld || pressed(event, props, list.items.length > 0) || list.press(event.key) || fills(event)) {
            event.preventDefault();
          }
        }}
        onScroll={follow}
        onKeyUp={(event) => MOVES.includes(event.key) && list.look()}
      />
      <span class="hidden" role="status">
        {list.items.length > 0 && `${many(list.items.length, "saved reply", "saved replies")}. Arrow keys choose.`}
      </span>
      {held && <PrivateReply reply={held.offer.reply} onSecure={secure} />}
    </div>
  );
}

const fills = (event: KeyboardEvent): boolean =>
  event.key === "Tab" && !event.shiftKey && tabToBlank(event.currentTarget as HTMLTextAreaElement);

/** The marks behind the field move with its words. */
function follow({ currentTarget: field }: { currentTarget: HTMLTextAreaElement }): void {
  field.parentElement?.querySelector(".blanks")?.scrollTo(0, field.scrollTop);
}

/** The list of replies, and one that is private while the way is not: it waits for the writer to turn to another. */
function useReplies({ open, body, kind, onSecure }: FieldProps, write: (text: string) => void) {
  const [waiting, setWaiting] = useState<{ offer: Offer; asking: Asking } | null>(null);
  const putIn = ({ text }: Offer, asking: Asking) => {
    const said = put(body, asking, text);
    write(said.body);
    return said;
  };
  const list = useCompletion<Offer>({
    askingAt,
    offered: (typed) => replies.offered(open, typed),
    take: (offer, asking) => {
      if (offer.obstacle) return null;
      const isPrivate = kind === "plain" && offer.reply.content === "private";
      setWaiting(isPrivate ? { offer, asking } : null);
      return isPrivate ? null : putIn(offer, asking);
    },
  });
  const isStill = waiting !== null && kind === "plain" && isAsked(body, waiting.asking);
  const secure = () => {
    if (!waiting || !onSecure()) return;
    setWaiting(null);
    const said = putIn(waiting.offer, waiting.asking);
    list.field.current?.focus();
    say(list.field.current, said);
  };
  return { list, held: isStill ? waiting : null, secure };
}

/** What was typed to find it still stands there. */
const isAsked = (body: string, { at, typed }: Asking) => body.slice(at, at + 1 + typed.length) === `;${typed}`;

function useWriting(open: ThreadState): (text: string) => void {
  const signalled = useRef(0);
  const { id } = open.row;
  return (text) => {
    keepDraft(id, { ...draftOf(id), body: text });
    void work.claimSoftly(open.row);
    if (text === "" || Date.now() - signalled.current < TYPING_EVERY) return;
    signalled.current = Date.now();
    wire.signal("typing", id);
  };
}

function useHeight(field: { current: HTMLTextAreaElement | null }, body: string): void {
  useLayoutEffect(() => {
    const box = field.current;
    if (!box || CSS.supports("field-sizing", "content")) return;
    box.style.setProperty("block-size", "auto");
    box.style.setProperty("block-size", `${Math.min(box.scrollHeight, 220)}px`);
  }, [body]);
}

function paste(event: ClipboardEvent, open: ThreadState): void {
  const files = event.clipboardData?.files;
  // Office programs put a picture of copied words beside the words: the words are meant.
  if (!files?.length || event.clipboardData?.types.includes("text/plain")) return;
  event.preventDefault();
  attaching.attach(open.row.id, files);
}

/** Whether it was a key of the field's own. */
function pressed(event: KeyboardEvent, { open, body, onSend }: FieldProps, isChoosing: boolean): boolean {
  const isHeld = event.ctrlKey || event.metaKey;
  if (event.key === "Enter" && (isHeld || sendsAlone(event, isChoosing))) {
    onSend(isHeld && event.shiftKey);
    return true;
  }
  if (body !== "") return false;
  if (isHeld && event.key === "z" && recalls.undoable() !== null) {
    void recalls.undo();
    return true;
  }
  return event.key === "ArrowUp" && !isHeld && recalls.changeLast(open.row.id);
}

/** Where the writer has chosen so. An input method takes its own Enter, and so does a list. */
const sendsAlone = (event: KeyboardEvent, isChoosing: boolean): boolean =>
  enterSends.value && !isChoosing && !event.isComposing && !event.shiftKey && !event.altKey;
