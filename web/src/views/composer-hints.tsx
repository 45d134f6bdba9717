/** Under the field: what is in the way, what looks private, and what a plain text costs. */

import type { Upload } from "../../../realtime/client/uploads.ts";
import type { Patient, SavedReply } from "../../../realtime/client/wire.gen.ts";
import { now } from "../clock.ts";
import { lateDialogs } from "../parts.ts";
import * as plan from "../plan.ts";
import type { ThreadState } from "../state/thread.ts";
import { me } from "../store.ts";
import { many } from "../words/counts.ts";
import { named } from "../words/guard.ts";
import { isShared } from "../words/patients.ts";
import { privateWords } from "../words/private.ts";
import { cost, nameOf, plainer, plainFor } from "../words/segments.ts";
import { type Choice, type Chosen, canSend, help, obstacle, WAYS } from "../words/ways.ts";
import { Icon } from "./icon.tsx";
import { ReadingHint } from "./reading-hint.tsx";
import { PrivateReply } from "./replies.tsx";
import { Call } from "./standings.tsx";

interface HintsProps {
  open: ThreadState;
  files: readonly Upload[];
  choice: Choice;
  instead: Chosen["instead"];
  body: string;
  /** Send was pressed once: the next press sends it as it is. */
  isAsked: boolean;
  /** A saved reply that cannot go as it stands here. */
  tooPrivate: SavedReply | null;
  onSecure: () => void;
}

export function Hints({ open, files, choice, instead, body, isAsked, tooPrivate, onSecure }: HintsProps) {
  const { patient } = open;
  const off = lateDialogs.here.value;
  if (off && plan.isOff()) return <off.NoPlan />;
  if (!canSend(patient, choice)) {
    const why = choice === "both" ? patient.ways.secure_sms.why : patient.ways[choice].why;
    return (
      <p class="hint bad">
        <Icon name="alert" size={14} />
        <span>
          {obstacle(why)}. {help(why)}. {off && <off.NumbersLink why={why} />}
        </span>
        <Call patient={patient} />
      </p>
    );
  }
  if (instead) {
    return (
      <p class="hint warn" role="status">
        <Icon name="alert" size={14} />
        <span>
          {obstacle(instead.why)}. This goes as {WAYS[choice].name.toLowerCase()} now.
        </span>
      </p>
    );
  }
  if (choice !== "sms") {
    return (
      <>
        <OnTheirWay files={files} />
        <ReadingHint body={body} language={patient.language} />
      </>
    );
  }
  if (files.length > 0) return <NoFiles onSecure={onSecure} />;
  if (tooPrivate) return <PrivateReply reply={tooPrivate} onSecure={onSecure} />;
  const doubts = doubtsOf(body, patient);
  if (doubts.length > 0) {
    return (
      <p class="hint warn" role={isAsked ? "alert" : "status"}>
        <Icon name="alert" size={14} />
        <span>
          {doubts.join(" ")}
          {isAsked && " Press Send once more to send it as plain text all the same."}
        </span>
        <button type="button" class="link" onClick={onSecure}>
          Send as secure instead
        </button>
        <kbd>Alt S</kbd>
      </p>
    );
  }
  return (
    <p class="hint plain">
      <Icon name="unlock" size={14} /> Not private: anyone who sees the phone can read it. No health information.
    </p>
  );
}

const JUST_NOW = 60_000;

/** Somebody wrote while words are being written: their answer may be one already, or no longer fit. */
export function JustNow({ open, body }: { open: ThreadState; body: string }) {
  const last = open.tip;
  if (!last || last.recalled || body.trim() === "" || last.from.id === me.value?.user.id) return null;
  if (now.value - Date.parse(last.at) > JUST_NOW) return null;
  const did = last.from.kind === "staff" ? "replied" : "wrote";
  return (
    <p class="hint warn" role="status">
      <Icon name="alert" size={14} /> {last.from.name} {did} just now.
    </p>
  );
}

/** Somebody of the family may read it: whoever writes is asked once. */
export function DeceasedHint({ patient, isAsked }: { patient: Patient; isAsked: boolean }) {
  if (!patient.deceased_at) return null;
  return (
    <p class="hint warn" role={isAsked ? "alert" : "status"}>
      <Icon name="alert" size={14} />
      <span>
        {patient.name} is marked as deceased.{isAsked && " Press Send once more to send it all the same."}
      </span>
    </p>
  );
}

/** Why a plain text is asked about once before it goes. */
function doubtsOf(body: string, patient: Patient): string[] {
  const suspect = named(body, patient, me.value?.organization.private_words);
  return [
    ...(suspect.length > 0 ? [`${privateWords(suspect)}.`] : []),
    ...(isShared(patient) ? ["This phone is shared: others can read a plain text."] : []),
  ];
}

function NoFiles({ onSecure }: { onSecure: () => void }) {
  return (
    <p class="hint warn" role="status">
      <Icon name="alert" size={14} />
      <span>A plain text cannot carry files.</span>
      <button type="button" class="link" onClick={onSecure}>
        Send as secure instead
      </button>
      <kbd>Alt S</kbd>
    </p>
  );
}

function OnTheirWay({ files }: { files: readonly Upload[] }) {
  if (files.some((each) => each.state === "refused")) {
    return (
      <p class="hint bad" role="status">
        <Icon name="alert" size={14} /> Take out the file that cannot be sent, then send.
      </p>
    );
  }
  if (files.every((each) => each.state === "kept")) return null;
  return <p class="hint">You can press Send now: the message goes when its files are there.</p>;
}

interface CounterProps {
  isPlain: boolean;
  body: string;
  length: number;
  limit: number;
  onBody: (text: string) => void;
}

export function Counter({ isPlain, body, length, limit, onBody }: CounterProps) {
  const left = limit - length;
  if (!isPlain) return <span class="counter">{left < 500 && `${left} characters left`}</span>;
  const { segments, costly } = cost(body);
  return (
    <span class={`counter ${left < 0 ? "bad" : ""}`}>
      {left} left · {many(segments, "text message")}
      {costly && <Costly letter={costly} body={body} onBody={onBody} />}
    </span>
  );
}

/** Typographic signs are made plain with one press; what only the writer can replace is named. */
function Costly({ letter, body, onBody }: { letter: string; body: string; onBody: (text: string) => void }) {
  const plain = plainFor(letter);
  const cheaper = plainer(body);
  const saved = cost(body).segments - cost(cheaper).segments;
  return (
    <>
      {` · ${nameOf(letter)} makes it longer `}
      {plain !== null && cheaper !== body && (
        <button type="button" class="link" onClick={() => onBody(cheaper)}>
          {plain.trim() === "" ? "Use plain spaces" : `Use “${plain}”`}
          {saved > 0 && ` (saves ${saved})`}
        </button>
      )}
    </>
  );
}
