/** How far a message has come, by each carrier, and what helps where it went wrong. */

import type { ComponentChildren } from "preact";
import type { Delivery, Message, Next, Patient } from "../../../realtime/client/wire.gen.ts";
import * as desk from "../desk.ts";
import { dialog, teamOf, thread } from "../store.ts";
import { type Line, lines, type Tone } from "../words/delivery.ts";
import { phone } from "../words/phone.ts";
import { otherWay, WAYS } from "../words/ways.ts";
import { focusComposer } from "./focus.ts";
import { Icon } from "./icon.tsx";

interface StandingsProps {
  message: Message;
  patient: Patient;
  mayAct: boolean;
  now: number;
}

export function Standings({ message, patient, mayAct, now }: StandingsProps) {
  const isViewed = message.receipts.length > 0;
  const said = lines(message, now);
  // Who has viewed it does not care how far its notice came; only a notice that went wrong is still worth a word.
  const shown = isViewed ? said.filter((line) => line.delivery.purpose !== "reminder" && line.tone === "bad") : said;
  return (
    <>
      {isViewed && (
        <WhatHappened message={message} tone="good">
          Viewed
        </WhatHappened>
      )}
      {shown.map((line) => (
        <Said key={line.delivery.id} line={line} message={message} />
      ))}
      {mayAct &&
        !isViewed &&
        shown
          .filter(({ delivery }) => delivery.state === "failed" || delivery.state === "uncertain")
          .map(({ delivery }) => <Helps key={delivery.id} message={message} delivery={delivery} patient={patient} />)}
    </>
  );
}

function Said({ line, message }: { line: Line; message: Message }) {
  const isLate = line.delivery.state === "waiting";
  return (
    <WhatHappened message={message} tone={line.tone}>
      {line.tone === "bad" && <Icon name="alert" size={13} />}
      {isLate && <Icon name="clock" size={12} />}
      {line.words}
    </WhatHappened>
  );
}

interface WhatHappenedProps {
  message: Message;
  tone: Tone;
  children: ComponentChildren;
}

/** The words are the way to all that is known behind them. */
function WhatHappened({ message, tone, children }: WhatHappenedProps) {
  const show = () => {
    dialog.value = { name: "evidence", message: message.id };
  };
  return (
    <button type="button" class={`standing ask ${tone}`} aria-haspopup="dialog" onClick={show}>
      {children}
      <span class="hidden">. What happened to this message?</span>
    </button>
  );
}

interface HelpsProps {
  message: Message;
  delivery: Delivery;
  patient: Patient;
}

/** What helps first is said by the server; trying again stands behind it where it may still help. */
function Helps({ message, delivery, patient }: HelpsProps) {
  const next = delivery.next ?? "nothing";
  return (
    <span class="helps">
      <First next={next} message={message} delivery={delivery} patient={patient} />
      {delivery.can_retry && <Retry delivery={delivery} />}
      {delivery.state === "uncertain" && next !== "call" && <Call patient={patient} />}
    </span>
  );
}

function First({ next, message, delivery, patient }: HelpsProps & { next: Next }) {
  switch (next) {
    case "other_way":
      return <OtherWay message={message} delivery={delivery} patient={patient} />;
    case "call":
      return <Call patient={patient} />;
    case "check_contact":
      return (
        <>
          <FixContact conversation={message.conversation} />
          <OtherWay message={message} delivery={delivery} patient={patient} />
        </>
      );
    case "ask_start":
      return <AskStart />;
    case "ask_consent":
      return <AskConsent message={message} delivery={delivery} />;
    case "admin":
      return <span class="muted">Your clinic’s admin can help</span>;
    default:
      return null;
  }
}

function Retry({ delivery }: { delivery: Delivery }) {
  const hint = delivery.state === "uncertain" ? "It may arrive twice" : undefined;
  return (
    <button type="button" class="link" title={hint} onClick={() => void desk.retry(delivery.id)}>
      Try again
    </button>
  );
}

/** By the other carrier it has gone already. */
const isOnItsWay = (message: Message, failed: Delivery["by"]) =>
  message.deliveries.some((each) => each.by !== failed && each.state !== "failed" && each.state !== "cancelled");

/** A message's way never changes, so the words go into the composer for a message of their own. */
function OtherWay({ message, delivery, patient }: HelpsProps) {
  const other = otherWay(patient, delivery.by);
  if (isOnItsWay(message, delivery.by)) return null;
  if (!other) return <Call patient={patient} />;
  const use = () => {
    desk.rewrite(message, other);
    focusComposer();
  };
  return (
    <button
      type="button"
      class="link"
      data-other-way
      title={`W: puts the words into the composer as ${WAYS[other].name}`}
      onClick={use}
    >
      {other === "secure_email" ? "Use e-mail" : "Use a text"}
    </button>
  );
}

export function Call({ patient }: { patient: Patient }) {
  if (!patient.phone) return null;
  return (
    <a class="link" href={`tel:${patient.phone}`}>
      <Icon name="phone" size={13} /> Call {patient.phone_display ?? phone(patient.phone)}
    </a>
  );
}

export function FixContact({ conversation }: { conversation: string }) {
  const fix = () => {
    const open = thread.value;
    if (open?.row.id === conversation) dialog.value = { name: "edit", patient: open.patient.id };
  };
  return (
    <button type="button" class="link" onClick={fix}>
      Fix contact
    </button>
  );
}

function AskStart() {
  const numbers = teamOf(thread.value?.row.team ?? "")?.numbers ?? [];
  return <span class="muted">They can text START to {numbers.map(phone).join(" or ") || "our number"}</span>;
}

function AskConsent({ message, delivery }: { message: Message; delivery: Delivery }) {
  const kind = delivery.by === "text" ? "plain_sms" : "email";
  const ask = () => {
    dialog.value = { name: "consent", conversation: message.conversation, kind };
  };
  return (
    <button type="button" class="link" onClick={ask}>
      Ask for consent
    </button>
  );
}
