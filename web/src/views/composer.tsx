/** Writing: the way is named on the button, opens private, and a plain text never stays chosen. */

import { useLayoutEffect, useRef } from "preact/hooks";
import * as desk from "../desk.ts";
import type { ThreadState } from "../state/thread.ts";
import { dialog, draftOf, drafts, keepDraft, me } from "../store.ts";
import * as threads from "../threads.ts";
import * as wire from "../wire.ts";
import { many } from "../words/counts.ts";
import { looksPrivate } from "../words/guard.ts";
import { cost } from "../words/segments.ts";
import { contactHint, isChoosable, obstacle, type Sendable, safeDefault, WAYS } from "../words/ways.ts";
import { Icon } from "./icon.tsx";
import { WayPicker } from "./way-picker.tsx";

const TYPING_EVERY = 3_000;

export function Composer({ open }: { open: ThreadState }) {
  const { id } = open.row;
  drafts.value; // Draws again with every change of a draft.
  const draft = draftOf(id);
  const via = draft.via ?? safeDefault(open.patient);
  const kind = via === "sms" ? "plain" : "secure";
  const limit = (via === "sms" ? me.value?.limits.plain : me.value?.limits.body) ?? 5000;
  const length = [...draft.body].length;
  const canSend = open.patient.ways[via].can && draft.body.trim() !== "" && length <= limit;
  const send = (isDone: boolean) => {
    if (!canSend) return;
    desk.send(id, via, draft.body);
    if (isDone) void finish(id);
  };
  return (
    <form
      class={`composer ${kind}`}
      aria-label="Write a message"
      onSubmit={(event) => {
        event.preventDefault();
        send(false);
      }}
    >
      <div class="composer-top">
        <WayPicker patient={open.patient} chosen={via} onChoose={(next) => chooseWay(open, next)} />
        <span class="to">
          to <strong>{open.patient.first_name || open.patient.name}</strong> {contactHint(open.patient, via)}
        </span>
      </div>
      <Field open={open} body={draft.body} kind={kind} onSend={send} />
      <Hints open={open} via={via} body={draft.body} />
      <div class="composer-bottom">
        <Counter via={via} body={draft.body} length={length} limit={limit} />
        <button type="submit" class={`send ${kind}`} disabled={!canSend}>
          <Icon name={WAYS[via].icon} />
          {WAYS[via].button}
          <kbd>{isMac ? "⌘⏎" : "Ctrl ⏎"}</kbd>
        </button>
      </div>
    </form>
  );
}

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

async function finish(id: string): Promise<void> {
  const next = desk.after(id);
  await desk.toggleDone(id);
  if (next) await threads.open(next, "replace");
}

/** A plain text needs the patient's consent; the first choice of it asks. */
export function chooseWay(open: ThreadState, via: Sendable): void {
  const { patient, row } = open;
  if (!isChoosable(patient, via)) return;
  if (!patient.ways[via].can) dialog.value = { name: "consent", conversation: row.id };
  else keepDraft(row.id, { ...draftOf(row.id), via });
}

interface FieldProps {
  open: ThreadState;
  body: string;
  kind: "plain" | "secure";
  onSend: (isDone: boolean) => void;
}

function Field({ open, body, kind, onSend }: FieldProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const signalled = useRef(0);
  const { id } = open.row;
  useLayoutEffect(() => {
    const box = field.current;
    if (!box || CSS.supports("field-sizing", "content")) return;
    box.style.setProperty("block-size", "auto");
    box.style.setProperty("block-size", `${Math.min(box.scrollHeight, 220)}px`);
  }, [body]);
  const write = (text: string) => {
    keepDraft(id, { ...draftOf(id), body: text });
    if (text === "" || Date.now() - signalled.current < TYPING_EVERY) return;
    signalled.current = Date.now();
    wire.signal("typing", id);
  };
  return (
    <textarea
      id="composer"
      ref={field}
      rows={2}
      dir="auto"
      value={body}
      aria-label={kind === "plain" ? "Plain text, not private" : "Private message"}
      placeholder={kind === "plain" ? "Nothing private here…" : "Write a message…"}
      onInput={(event) => write(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        onSend(event.shiftKey);
      }}
    />
  );
}

function Hints({ open, via, body }: { open: ThreadState; via: Sendable; body: string }) {
  const way = open.patient.ways[via];
  if (!way.can) {
    return (
      <p class="hint bad">
        <Icon name="alert" size={14} /> {obstacle(way.why)}. Choose another way, or call the patient.
      </p>
    );
  }
  if (via === "sms" && looksPrivate(body, open.patient)) {
    return (
      <p class="hint warn" role="status">
        <Icon name="alert" size={14} /> This looks private.
        <button type="button" class="link" onClick={() => chooseWay(open, safeDefault(open.patient))}>
          Send as secure instead
        </button>
        <kbd>Alt S</kbd>
      </p>
    );
  }
  if (via !== "sms") return null;
  return (
    <p class="hint plain">
      <Icon name="unlock" size={14} /> Not private: anyone who sees the phone can read it. No health information.
    </p>
  );
}

interface CounterProps {
  via: Sendable;
  body: string;
  length: number;
  limit: number;
}

function Counter({ via, body, length, limit }: CounterProps) {
  const left = limit - length;
  if (via !== "sms") return <span class="counter">{left < 500 && `${left} characters left`}</span>;
  const { segments, costly } = cost(body);
  return (
    <span class={`counter ${left < 0 ? "bad" : ""}`}>
      {left} left · {many(segments, "text message")}
      {costly && ` · “${costly}” makes it longer`}
    </span>
  );
}
