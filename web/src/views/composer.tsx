/** Writing: the way is named on the button, opens private, and a plain text never stays chosen. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Upload } from "../../../realtime/client/uploads.ts";
import * as attaching from "../attaching.ts";
import * as desk from "../desk.ts";
import * as drafting from "../drafts.ts";
import * as proxies from "../proxies.ts";
import * as recalls from "../recalls.ts";
import type { ThreadState } from "../state/thread.ts";
import { dialog, draftOf, drafts, keepDraft, me, place } from "../store.ts";
import * as threads from "../threads.ts";
import * as wire from "../wire.ts";
import { looksPrivate } from "../words/guard.ts";
import { type Choice, canSend, contactHint, isChoosable, safeDefault, standsOn, WAYS } from "../words/ways.ts";
import * as work from "../work.ts";
import { Attach, Attachments } from "./attachments.tsx";
import { Counter, Hints } from "./composer-hints.tsx";
import { HoursHint } from "./hours-hint.tsx";
import { Icon } from "./icon.tsx";
import { Modes } from "./modes.tsx";
import { WayPicker } from "./way-picker.tsx";

const TYPING_EVERY = 3_000;

export function Composer({ open }: { open: ThreadState }) {
  const { id } = open.row;
  drafts.value; // Draws again with every change of a draft.
  const { body, via } = draftOf(id);
  const { choice, instead } = standsOn(open.patient, via);
  const kind = choice === "sms" ? "plain" : "secure";
  const limit = (choice === "sms" ? me.value?.limits.plain : me.value?.limits.body) ?? 5000;
  const length = [...body].length;
  const files = attaching.added(id);
  const isWritten = body.trim() !== "" || files.length > 0;
  const isReady = canSend(open.patient, choice) && isWritten && length <= limit && mayCarry(choice, files);
  const isSuspect = choice === "sms" && looksPrivate(body, open.patient);
  // The words that were asked about; other words are asked about anew.
  const [asked, setAsked] = useState<string | null>(null);
  const isAsked = isSuspect && asked === body;
  /** True when the words may go: a plain text that looks private is asked about once. */
  const mayGo = () => {
    if (!isReady) return false;
    if (isSuspect && !isAsked) setAsked(body);
    return !isSuspect || isAsked;
  };
  const send = (isDone: boolean) => {
    if (!mayGo()) return;
    desk.send(id, choice, body, isSuspect);
    if (isDone) void finish(id);
  };
  const later = () => {
    if (!mayGo()) return;
    dialog.value = { name: "later", conversation: id, choice, body, isSure: isSuspect };
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
        <Modes conversation={id} />
        <WayPicker patient={open.patient} chosen={choice} onChoose={(next) => chooseWay(open, next)} />
        <span class="to">
          to <strong>{open.patient.first_name || open.patient.name}</strong> {contactHint(open.patient, choice)}
        </span>
      </div>
      <Field open={open} body={body} kind={kind} onSend={send} />
      <HoursHint team={open.row.team} />
      <Attachments open={open} files={files} />
      <Hints
        open={open}
        files={files}
        choice={choice}
        instead={instead}
        body={body}
        isAsked={isAsked}
        onSecure={() => chooseWay(open, safeDefault(open.patient))}
      />
      <div class="composer-bottom">
        <Counter
          isPlain={choice === "sms"}
          body={body}
          length={length}
          limit={limit}
          onBody={(text) => keepDraft(id, { ...draftOf(id), body: text })}
        />
        <OnlyThePatient open={open} />
        <Attach conversation={id} />
        <button
          type="button"
          id="send-later"
          class="send-later"
          title={files.length > 0 ? "A message with files goes at once" : "Shift S"}
          disabled={!isReady || files.length > 0}
          onClick={later}
        >
          <Icon name="clock" />
          <span>Later…</span>
        </button>
        <button type="submit" class={`send ${kind}`} disabled={!isReady}>
          <Icon name={WAYS[choice].icon} />
          {isAsked ? "Send as plain text all the same" : WAYS[choice].button}
          <kbd>{isMac ? "⌘⏎" : "Ctrl ⏎"}</kbd>
        </button>
      </div>
    </form>
  );
}

/** Offered where somebody else would read it too: a young person may ask something that is theirs alone. */
function OnlyThePatient({ open }: { open: ThreadState }) {
  const { patient, row } = open;
  const others = proxies.readers(patient, row.team);
  const draft = draftOf(row.id);
  if (others.length === 0 && !draft.patientOnly) return null;
  const set = (is: boolean) => {
    const { patientOnly: _, ...rest } = draft;
    keepDraft(row.id, is ? { ...rest, patientOnly: true } : rest);
  };
  const names = others.map((each) => each.name).join(", ");
  return (
    <label class="check only" title={names ? `Otherwise ${names} can read it too` : ""}>
      <input
        type="checkbox"
        checked={draft.patientOnly === true}
        onChange={(event) => set(event.currentTarget.checked)}
      />
      <span>Only {patient.first_name || "the patient"}</span>
    </label>
  );
}

/** A plain text carries no files; one that was refused is taken out or replaced first. */
function mayCarry(choice: Choice, files: readonly Upload[]): boolean {
  return files.length === 0 || (choice !== "sms" && files.every((each) => each.state !== "refused"));
}

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

async function finish(id: string): Promise<void> {
  const next = desk.after(id);
  if ((await desk.markDoneWhenSent(id)) && next && place.value.conversation === id) await threads.open(next, "replace");
}

/** A plain text needs the patient's consent; the first choice of it asks. */
export function chooseWay(open: ThreadState, choice: Choice): void {
  const { patient, row } = open;
  if (!isChoosable(patient, choice)) return;
  if (canSend(patient, choice)) keepDraft(row.id, { ...draftOf(row.id), via: choice });
  else dialog.value = { name: "consent", conversation: row.id, kind: "plain_sms" };
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
    void work.claimSoftly(open.row);
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
      aria-describedby="reading-hint"
      aria-label={kind === "plain" ? "Plain text, not private" : "Private message"}
      placeholder={kind === "plain" ? "Nothing private here…" : "Write a message…"}
      onBlur={() => void drafting.flush()}
      onFocus={() => void work.claimSoftly(open.row)}
      onInput={(event) => write(event.currentTarget.value)}
      onPaste={(event) => {
        const files = event.clipboardData?.files;
        // Office programs put a picture of copied words beside the words: the words are meant.
        if (!files?.length || event.clipboardData?.types.includes("text/plain")) return;
        event.preventDefault();
        attaching.attach(id, files);
      }}
      onKeyDown={(event) => {
        if (!(event.ctrlKey || event.metaKey)) return;
        const isUndo = event.key === "z" && body === "" && recalls.undoable() !== null;
        if (event.key !== "Enter" && !isUndo) return;
        event.preventDefault();
        if (isUndo) void recalls.undo();
        else onSend(event.shiftKey);
      }}
    />
  );
}
