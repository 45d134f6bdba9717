/** Who has viewed the conversation this far: a circle for each reader, which travels down as they read on. */

import { useLayoutEffect, useRef } from "preact/hooks";
import type { Receipt } from "../../../realtime/client/wire.gen.ts";
import { readerOf } from "../state/thread.ts";
import { called } from "../words/proxies.ts";
import { sentence } from "../words/time.ts";

export function Readers({ readers, now }: { readers: readonly Receipt[]; now: number }) {
  return (
    <p class="readers">
      {readers.map((receipt) => (
        <ViewedMark key={readerOf(receipt)} receipt={receipt} now={now} />
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
    const before = stood.get(readerOf(receipt));
    stood.set(readerOf(receipt), place);
    if (before === undefined || before >= place || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const from = { transform: `translateY(${before - place}px)` };
    circle.animate([from, { transform: "none" }], { duration: 180, easing: "ease-out" });
  });
  const words = `${called(receipt)} viewed this ${sentence(receipt.at, now)}`;
  return (
    <span class={receipt.proxy ? "viewed proxy" : "viewed"} ref={mark} title={words}>
      <span aria-hidden="true">{receipt.initials}</span>
      <span class="hidden">{words}</span>
    </span>
  );
}
