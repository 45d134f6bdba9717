/** One message. Private and plain ones differ by word, icon, edge and colour, so that nobody depends on colour. */

import { useLayoutEffect, useRef } from "preact/hooks";
import type { Message, Receipt } from "../../../realtime/client/wire.gen.ts";
import * as desk from "../desk.ts";
import { standing } from "../words/delivery.ts";
import { clock, sentence } from "../words/time.ts";
import { isPrivate, labelOf } from "../words/ways.ts";
import { Icon } from "./icon.tsx";
import { memo } from "./memo.ts";
import { Text } from "./text.tsx";

interface BubbleProps {
  message: Message;
  isGrouped: boolean;
  isMine: boolean;
  readers: readonly Receipt[] | undefined;
  now: number;
}

export const Bubble = memo(function Bubble({ message, isGrouped, isMine, readers, now }: BubbleProps) {
  const isStaff = message.from.kind === "staff";
  const kind = message.unencrypted || !isPrivate(message.via) ? "plain" : "secure";
  return (
    <article class={`message ${isStaff ? "ours" : "theirs"} ${kind} ${isGrouped ? "grouped" : ""}`}>
      <h3 class={isGrouped ? "hidden" : "from"}>
        {isMine ? "You" : message.from.name} <span class="hidden">{sentence(message.at, now)}</span>
      </h3>
      <div class="bubble" title={sentence(message.at, now)}>
        <Text body={message.body} />
      </div>
      <Below message={message} kind={kind} />
      {readers && <Readers readers={readers} now={now} />}
    </article>
  );
});

function Below({ message, kind }: { message: Message; kind: "plain" | "secure" }) {
  const state = message.delivery && standing(message.delivery, message.via);
  const isViewed = message.receipts.length > 0;
  return (
    <p class="below">
      <span class={`via ${kind}`}>
        <Icon name={kind === "plain" ? "unlock" : message.via === "secure_email" ? "lock-mail" : "lock"} size={12} />
        {labelOf(message.via)}
      </span>
      <time dateTime={message.at}>{clock(message.at)}</time>
      {isViewed && <span class="standing good">Viewed</span>}
      {state && !isViewed && (
        <span class={`standing ${state.tone}`}>
          {state.tone === "bad" && <Icon name="alert" size={13} />}
          {state.words}
        </span>
      )}
      {message.delivery?.can_retry && <Retry delivery={message.delivery.id} state={message.delivery.state} />}
    </p>
  );
}

function Retry({ delivery, state }: { delivery: string; state: string }) {
  const hint = state === "uncertain" ? "It may arrive twice" : undefined;
  return (
    <button type="button" class="link" title={hint} onClick={() => void desk.retry(delivery)}>
      Try again
    </button>
  );
}

function Readers({ readers, now }: { readers: readonly Receipt[]; now: number }) {
  return (
    <p class="readers">
      {readers.map((receipt) => (
        <ViewedMark key={receipt.patient} receipt={receipt} now={now} />
      ))}
    </p>
  );
}

/** Where each reader's mark stood last, in the pane's own coordinates, so that it can travel from there. */
const stood = new Map<string, number>();

function ViewedMark({ receipt, now }: { receipt: Receipt; now: number }) {
  const mark = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const circle = mark.current;
    const pane = circle?.closest<HTMLElement>(".timeline");
    if (!circle || !pane) return;
    const place = circle.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop;
    const before = stood.get(receipt.patient);
    stood.set(receipt.patient, place);
    if (before === undefined || before >= place || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const from = { transform: `translateY(${before - place}px)` };
    circle.animate([from, { transform: "none" }], { duration: 180, easing: "ease-out" });
  });
  const words = `${receipt.name} viewed this ${sentence(receipt.at, now)}`;
  return (
    <span class="viewed" ref={mark} title={words}>
      <span aria-hidden="true">{receipt.initials}</span>
      <span class="hidden">{words}</span>
    </span>
  );
}
