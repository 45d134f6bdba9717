/** One conversation in the list: who, how, how long they wait, the last line, and what became of it. */

import { computed } from "@preact/signals";
import type { Colleague, Row } from "../../../realtime/client/wire.gen.ts";
import { addressOf } from "../route.ts";
import * as several from "../several.ts";
import { looks, type Mark } from "../state/presence.ts";
import { isUnread } from "../state/views.ts";
import { me, place } from "../store.ts";
import * as threads from "../threads.ts";
import { beginners } from "../words/begun.ts";
import { rowStanding } from "../words/delivery.ts";
import { otherLanguage } from "../words/languages.ts";
import { tagOf } from "../words/tasks.ts";
import { late, when } from "../words/time.ts";
import { isPrivate, labelOf } from "../words/ways.ts";
import * as work from "../work.ts";
import { Avatar } from "./avatar.tsx";
import { Icon } from "./icon.tsx";
import { memo } from "./memo.ts";
import { Pick } from "./several.tsx";
import { RowTags } from "./tags.tsx";
import { RowWait, WaitTag, waitIn } from "./waits.tsx";

const ANY = "{id}";
/** Of any row here. Which one is open says nothing of it: opening one must not draw all the others. */
const address = computed(() => addressOf({ ...place.value, conversation: ANY }));

interface RowProps {
  row: Row;
  seen: number | undefined;
  /** I have begun to write there. */
  hasDraft: boolean;
  isOpen: boolean;
  isCursor: boolean;
  isPicked: boolean;
  marks: readonly Mark[] | undefined;
  teamName: string;
  myName: string;
  now: number;
}

function show(event: MouseEvent, id: string): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  void threads.open(id);
}

export const RowView = memo(function RowView(props: RowProps) {
  const { row, seen, isOpen, isCursor, isPicked } = props;
  const unread = isUnread(row, seen);
  const classes = ["row", unread && "unread", row.trouble && "trouble", isCursor && "cursor", isPicked && "picked"]
    .filter(Boolean)
    .join(" ");
  return (
    <>
      <a
        class={classes}
        href={address.value.replace(ANY, row.id)}
        aria-current={isOpen ? "true" : undefined}
        onClick={(event) => show(event, row.id)}
      >
        <Avatar id={row.patient.id} initials={row.patient.initials} />
        <span class="row-name">
          {row.priority && (
            <span class="priority" title="Priority">
              <Icon name="flag" size={13} />
              <span class="hidden">Priority. </span>
            </span>
          )}
          {isPicked && <span class="hidden">Selected. </span>}
          {unread && <span class="hidden">Unread. </span>}
          {row.patient.name}
        </span>
        <RowTime {...props} />
        <RowLine {...props} />
        <RowState {...props} />
      </a>
      {several.mayChoose(row) && <Pick id={row.id} name={row.patient.name} isOn={isPicked} />}
    </>
  );
});

function RowTime({ row, now }: RowProps) {
  const wait = waitIn(row, now);
  if (wait) return <RowWait wait={wait} />;
  return <span class="row-time">{when(row.last?.at ?? row.updated_at, now)}</span>;
}

function RowLine({ row, myName }: RowProps) {
  const { last } = row;
  if (!last) return <span class="row-line muted">No messages yet</span>;
  // The row is called by the patient: only their own words need no name.
  const isPatients = last.from === "patient" && !last.proxy;
  const who = isPatients ? "" : last.who === myName ? "You: " : `${last.who}: `;
  return (
    <span class="row-line" dir="auto">
      {who && <span class="muted">{who}</span>}
      {last.preview}
    </span>
  );
}

function RowState({ row, hasDraft, marks, teamName, now }: RowProps) {
  const standing = rowStanding(row, now);
  const task = tagOf(row.tasks);
  const wait = waitIn(row, now);
  const language = otherLanguage(row.patient.language);
  return (
    <span class="row-state">
      {row.last && <ViaMark row={row} />}
      {language && (
        <span class="tag" title={`Prefers ${language}`}>
          {language}
        </span>
      )}
      {wait && <WaitTag wait={wait} />}
      {row.last?.sent_at && <span class="tag">{late(row.last.sent_at, row.last.at, now)}</span>}
      {teamName && <span class="tag">{teamName}</span>}
      {row.state === "done" && <span class="tag">Done</span>}
      {row.opted_out && (
        <span class="tag" title="Texts to this phone are stopped">
          Opted out
        </span>
      )}
      {row.snoozed_until && <SnoozeTag at={when(row.snoozed_until, now)} forReply={row.snoozed_for_reply} />}
      {hasDraft && (
        <span class="tag mine" title="You have begun to write here">
          Draft
        </span>
      )}
      {beginners(row, me.value?.user.id).map((words) => (
        <span key={words} class="tag">
          {words}
        </span>
      ))}
      {task && <span class={`tag todo ${row.tasks[0]?.kind === "urgent" ? "urgent" : ""}`}>{task}</span>}
      <RowTags tags={row.tags} />
      {row.later.length > 0 && <LaterTag later={row.later} />}
      <span class="grow" />
      {row.assignee && <Owner owner={row.assignee} claim={work.claimOf(row)} />}
      {marks?.map((mark) => (
        <PresenceMark key={mark.who.id ?? mark.who.name} mark={mark} />
      ))}
      {standing && (
        <span class={`standing ${standing.tone}`} title={standing.words}>
          {standing.tone === "bad" && <Icon name="alert" size={13} />}
          <span class="words">{standing.words}</span>
        </span>
      )}
    </span>
  );
}

function SnoozeTag({ at, forReply }: { at: string; forReply: boolean | undefined }) {
  return (
    <span class="tag" title={`Snoozed until ${at}${forReply ? " at the latest" : ""}`}>
      Until {forReply ? "they reply" : at}
    </span>
  );
}

function Owner({ owner, claim }: { owner: Colleague; claim: string | null }) {
  const words = claim ?? `Assigned to ${owner.id === me.value?.user.id ? "you" : owner.name}`;
  return (
    <span class={`owner ${claim ? "claim" : ""}`} title={words}>
      <Avatar id={owner.id} initials={owner.initials} size="small" />
      <span class="hidden">{words}</span>
    </span>
  );
}

function LaterTag({ later }: Pick<Row, "later">) {
  const isStuck = later.some((each) => each.words);
  return (
    <span class={`tag ${isStuck ? "todo" : ""}`} title={`${later.length} to be sent later`}>
      {isStuck ? "Later: not sent" : "Later"}
    </span>
  );
}

function ViaMark({ row }: { row: Row }) {
  const via = row.last?.via ?? "secure_sms";
  const icon = !isPrivate(via) ? "unlock" : via === "secure_email" ? "lock-mail" : "lock";
  return (
    <span class={`via ${isPrivate(via) ? "secure" : "plain"}`} title={labelOf(via)}>
      <Icon name={icon} size={13} />
      {!isPrivate(via) ? "Plain" : via === "secure_email" ? "E-mail" : "Secure"}
    </span>
  );
}

function PresenceMark({ mark }: { mark: Mark }) {
  const isWriting = mark.kind === "typing";
  const first = mark.who.name.split(" ")[0];
  const words = `${mark.who.name} is ${isWriting ? "writing" : looks(mark.who)}`;
  return (
    <span class={`presence ${isWriting ? "writing" : ""}`} title={words}>
      {isWriting && mark.who.kind === "patient" ? <Dots /> : <Icon name={isWriting ? "edit" : "eye"} size={13} />}
      <span aria-hidden="true">{first}</span>
      <span class="hidden">{words}</span>
    </span>
  );
}

export function Dots() {
  return (
    <span class="dots" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  );
}
