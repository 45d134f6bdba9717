/** Writing: the way is named on the button, opens private, and a plain text never stays chosen. */

import { useState } from "preact/hooks";
import type { Upload } from "../../../realtime/client/uploads.ts";
import * as attaching from "../attaching.ts";
import { type Chosen, chosenFor } from "../chosen.ts";
import * as desk from "../desk.ts";
import { latePanel } from "../parts.ts";
import * as proxies from "../proxies.ts";
import * as replies from "../replies.ts";
import type { ThreadState } from "../state/thread.ts";
import { dialog, draftOf, drafts, keepDraft, me, place } from "../store.ts";
import * as threads from "../threads.ts";
import { looksPrivate } from "../words/guard.ts";
import { isShared } from "../words/patients.ts";
import { type Choice, canSend, contactHint, isChoosable, safeDefault, standsOn, WAYS } from "../words/ways.ts";
import { Attach, Attachments } from "./attachments.tsx";
import { BlankHint, isFilled } from "./blanks.tsx";
import { Ahead } from "./composer-ahead.tsx";
import { Counter, DeceasedHint, Hints, JustNow } from "./composer-hints.tsx";
import { EmojiButton } from "./emoji-button.tsx";
import { GoesFrom, NumberLost } from "./goes-from.tsx";
import { HoursHint } from "./hours-hint.tsx";
import { Icon } from "./icon.tsx";
import { Field } from "./message-field.tsx";
import { Modes } from "./modes.tsx";
import { RepliesButton } from "./replies.tsx";
import { WayPicker } from "./way-picker.tsx";

export function Composer({ open }: { open: ThreadState }) {
  const { id } = open.row;
  drafts.value; // Draws again with every change of a draft.
  const { body, via, to } = draftOf(id);
  const { choice, instead } = standsOn(open.patient, via);
  const kind = choice === "sms" ? "plain" : "secure";
  const limit = limitOf(choice);
  const length = [...body].length;
  const files = attaching.added(id);
  const tooPrivate = choice === "sms" ? replies.privateReply(open, body) : null;
  const mayBe = canSend(open.patient, choice) && tooPrivate === null && mayCarry(choice, files);
  const isReady = mayBe && isWritten(body, files) && length <= limit;
  const chosen = chosenFor(to, choice);
  const { isSuspect, isDoubtful, isDead } = doubtsAbout(open, choice, body, chosen);
  const goesAtOnce = files.length > 0;
  // The words that were asked about; other words are asked about anew.
  const [asked, setAsked] = useState<string | null>(null);
  const [sent, setSent] = useState(0);
  const isAsked = isDoubtful && asked === body;
  /** True when the words may go: what looks private, or goes to a shared phone or to who has died, is asked about once. */
  const mayGo = () => {
    if (!isReady) return false;
    if (!isFilled(body)) {
      setAsked(body);
      return false;
    }
    if (isDoubtful && !isAsked) setAsked(body);
    return !isDoubtful || isAsked;
  };
  const send = (isDone: boolean) => {
    if (!mayGo()) return;
    desk.send(id, choice, body, isSuspect);
    setSent(sent + 1);
    if (isDone) void finish(id);
  };
  const secure = () => {
    const safe = safeDefault(open.patient);
    if (canSend(open.patient, safe)) chooseWay(open, safe);
    return canSend(open.patient, safe);
  };
  const later = () => {
    if (!mayGo()) return;
    dialog.value = {
      name: "later",
      conversation: id,
      choice,
      body,
      isSure: isSuspect,
      to: chosen.map((each) => each.id),
    };
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
          to <strong>{open.patient.first_name || open.patient.name}</strong> <Where open={open} choice={choice} />
          {choice !== "secure_email" && <GoesFrom row={open.row} />}
        </span>
      </div>
      <Field open={open} body={body} kind={kind} onSend={send} onSecure={secure} />
      <BlankHint body={body} isStopped={asked === body} />
      <HoursHint team={open.row.team} />
      {choice !== "secure_email" && <NumberLost row={open.row} />}
      <JustNow open={open} body={body} />
      <Attachments open={open} files={files} />
      <DeceasedHint patient={open.patient} isAsked={isAsked} />
      <Hints
        open={open}
        files={files}
        choice={choice}
        instead={instead}
        body={body}
        isAsked={isAsked}
        tooPrivate={tooPrivate}
        onSecure={secure}
      />
      {/* What was sent is now in the thread, which needs the room. */}
      <Ahead key={sent} open={open} choice={choice} body={body} />
      <div class="composer-bottom">
        <Counter
          isPlain={choice === "sms"}
          body={body}
          length={length}
          limit={limit}
          onBody={(text) => keepDraft(id, { ...draftOf(id), body: text })}
        />
        <OnlyThePatient open={open} />
        <RepliesButton team={open.row.team} />
        <Attach conversation={id} />
        <EmojiButton field="composer" />
        <button
          type="button"
          id="send-later"
          class="send-later"
          title={goesAtOnce ? "With files it goes at once" : "Shift S"}
          disabled={!isReady || goesAtOnce || isDead}
          onClick={later}
        >
          <Icon name="clock" />
          <span>Later…</span>
        </button>
        <button type="submit" class={`send ${kind}`} disabled={!isReady}>
          <Icon name={WAYS[choice].icon} />
          {isAsked ? surely(choice) : WAYS[choice].button}
          {chosen.length > 0 && ` to ${chosen.map((each) => each.display).join(" and ")}`}
          <kbd>{isMac ? "⌘⏎" : "Ctrl ⏎"}</kbd>
        </button>
      </div>
    </form>
  );
}

/** The end of the contact that it goes to; a choice where there are several, once that part is here. */
function Where({ open, choice }: { open: ThreadState; choice: Choice }) {
  const late = latePanel.here.value;
  if (late && open.patient.more_contacts) return <late.ToPicker open={open} choice={choice} />;
  return <>{contactHint(open.patient, choice)}</>;
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

/** Letters at most. */
function limitOf(choice: Choice): number {
  return (choice === "sms" ? me.value?.limits.plain : me.value?.limits.body) ?? 5000;
}

const isWritten = (body: string, files: readonly Upload[]) => body.trim() !== "" || files.length > 0;

/** A plain text may look private, or be read by others. */
function doubtsAbout({ patient }: ThreadState, choice: Choice, body: string, chosen: readonly Chosen[]) {
  const isSuspect = choice === "sms" && looksPrivate(body, patient, me.value?.organization.private_words);
  const isDead = Boolean(patient.deceased_at);
  const isOpen = choice === "sms" && (chosen[0]?.shared ?? isShared(patient));
  return { isSuspect, isDead, isDoubtful: isDead || isSuspect || isOpen };
}

/** A plain text carries no files; one that was refused is taken out or replaced first. */
function mayCarry(choice: Choice, files: readonly Upload[]): boolean {
  return files.length === 0 || (choice !== "sms" && files.every((each) => each.state !== "refused"));
}

const surely = (choice: Choice) => (choice === "sms" ? "Send as plain text all the same" : "Send all the same");

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
