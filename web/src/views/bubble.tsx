/** One message. Private and plain ones differ by word, icon, edge and colour, so that nobody depends on colour. */

import type { Message, Patient, Receipt } from "../../../realtime/client/wire.gen.ts";
import { undoLeft } from "../recalls.ts";
import { clinicZone, clock, late, sentence } from "../words/time.ts";
import { carriedBy, isPrivate } from "../words/ways.ts";
import { theirTime } from "../words/zones.ts";
import { Documents } from "./documents.tsx";
import { Icon } from "./icon.tsx";
import { memo } from "./memo.ts";
import { MessageMenu, mayMove } from "./message-menu.tsx";
import { Pictures } from "./pictures.tsx";
import { Readers } from "./readers.tsx";
import { Standings } from "./standings.tsx";
import { Text } from "./text.tsx";
import { UndoRing } from "./undo-ring.tsx";

interface BubbleProps {
  message: Message;
  patient: Patient;
  isGrouped: boolean;
  isMine: boolean;
  /** Whether this person may act here, and not only look. */
  mayAct: boolean;
  readers: readonly Receipt[] | undefined;
  now: number;
}

export const Bubble = memo(function Bubble(props: BubbleProps) {
  const { message, isGrouped, isMine, readers, now } = props;
  const side = message.from.kind === "staff" ? "ours" : "theirs";
  const kind = message.unencrypted || !isPrivate(message.via) ? "plain" : "secure";
  const told = toldTime(props);
  const state = message.recalled ? "recalled" : "";
  return (
    <article class={`message ${side} ${kind} ${isGrouped ? "grouped" : ""} ${state}`}>
      <h3 class={isGrouped ? "hidden" : "from"}>
        {isMine ? "You" : message.from.name} <span class="hidden">{sentence(message.at, now)}</span>
      </h3>
      {(caption(message) || message.recalled) && (
        <div class="bubble" title={told}>
          {message.recalled ? <Recalled message={message} /> : <Text body={caption(message)} />}
        </div>
      )}
      <Files message={message} now={now} />
      <Below {...props} kind={kind} told={told} />
      {readers && <Readers readers={readers} now={now} />}
    </article>
  );
});

/** With the patient's own time and zone, where their clock shows another. */
function toldTime({ message: { at }, patient, now }: BubbleProps): string {
  const here = clinicZone() ?? patient.zone;
  const theirs = theirTime(at, patient.first_name || patient.name, patient.zone, here);
  return [sentence(at, now), theirs].filter(Boolean).join("; ");
}

/** Pictures are shown; what has pages or words opens by itself. */
function Files({ message, now }: { message: Message; now: number }) {
  const papers = message.files.filter(isPaper);
  const pictures = message.files.filter((file) => !isPaper(file));
  return (
    <>
      {pictures.length > 0 && <Pictures files={pictures} from={message.from.name} at={message.at} />}
      {papers.length > 0 && <Documents files={papers} isOurs={message.from.kind === "staff"} now={now} />}
    </>
  );
}

const isPaper = (file: Message["files"][number]) => file.state === "kept" && file.kind !== "picture";

/** The server's "[picture]" stands for a picture where none can be shown; beside the picture it says nothing. */
export function caption({ body, files }: Pick<Message, "body" | "files">): string {
  return files.length > 0 ? body.replace(/^(\[picture\]\n?)+/, "") : body;
}

/** Staff may still read what was taken back; the patient cannot. What was somebody else's is not here any more. */
function Recalled({ message }: { message: Message }) {
  const { by, at } = message.recalled ?? { by: "", at: message.at };
  const isOurs = message.from.kind === "staff";
  return (
    <>
      <p class="taken-back">
        <Icon name="reopen" size={14} /> {by} {isOurs ? "took this back" : "moved this: it was somebody else’s"}{" "}
        {clock(at)}
      </p>
      {isOurs && (
        <s>
          <Text body={message.body} />
        </s>
      )}
    </>
  );
}

/** Which broadcast it is part of, or answers. */
const ofMany = ({ broadcast, from }: Message) =>
  from.kind === "staff" ? `Broadcast: ${broadcast?.title}` : `Answering: ${broadcast?.title}`;

function Below(props: BubbleProps & { kind: "plain" | "secure"; told: string }) {
  const { message, patient, isMine, mayAct, now, kind, told } = props;
  const isUndoable = isMine && mayAct && undoLeft(message) > 0;
  const icon = kind === "plain" ? "unlock" : message.via === "secure_email" ? "lock-mail" : "lock";
  return (
    <div class="below">
      <span class={`via ${kind}`}>
        <Icon name={icon} size={12} />
        {carriedBy(message)}
      </span>
      {message.broadcast && <span class="of-many">{ofMany(message)}</span>}
      {message.patient_only && <span class="only">only {patient.first_name || "the patient"}</span>}
      <time dateTime={message.at} title={told}>
        {message.sent_at ? late(message.sent_at, message.at, now) : clock(message.at)}
      </time>
      {isUndoable ? (
        <UndoRing message={message} />
      ) : (
        !message.recalled && <Standings message={message} patient={patient} mayAct={mayAct} now={now} />
      )}
      {mayAct && (message.can_recall || mayMove(message)) && !isUndoable && <MessageMenu message={message} />}
    </div>
  );
}
