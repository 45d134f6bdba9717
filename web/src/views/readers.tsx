/** Who has viewed the conversation this far: a circle for each reader, which travels down as they read on. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Receipt } from "../../../realtime/client/wire.gen.ts";
import { readerOf } from "../state/stretch.ts";
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

/** "Ines Calderon viewed this today at 9:02 AM, with Chrome on Android" */
export function viewedWords(receipt: Receipt, now: number): string {
  const { at, device } = receipt;
  return `${called(receipt)} viewed this ${sentence(at, now)}${device ? `, with ${device}` : ""}`;
}

/** Where each reader's mark stood last, in the pane's own coordinates, so that it can travel from there. */
const stood = new Map<string, number>();

/**
 * The words open by pointing, by focus and by a press, stay while the pointer is on them, and close with Escape
 * (WCAG 2.2, 1.4.13). Screen readers get them as the button's name.
 */
function ViewedMark({ receipt, now }: { receipt: Receipt; now: number }) {
  const mark = useTravel(readerOf(receipt));
  const { isOpen, words: handlers, button } = useWords();
  const words = viewedWords(receipt, now);
  return (
    <span class="viewed-by" ref={mark} {...handlers}>
      <button
        type="button"
        class={receipt.proxy ? "viewed proxy" : "viewed"}
        aria-label={words}
        data-initials={receipt.initials}
        {...button}
      />
      {isOpen && (
        <span class="viewed-words" aria-hidden="true">
          {words}
        </span>
      )}
    </span>
  );
}

function useWords() {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    if (!isOpen) return;
    const close = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      setOpen(false);
    };
    document.addEventListener("keydown", close, true);
    return () => document.removeEventListener("keydown", close, true);
  }, [isOpen]);
  const open = () => setOpen(true);
  const close = () => setOpen(false);
  const words = { onMouseEnter: open, onMouseLeave: close };
  // Safari gives a pressed button no focus, so the press itself opens.
  return { isOpen, words, button: { onFocus: open, onBlur: close, onClick: open } };
}

function useTravel(reader: string) {
  const mark = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const circle = mark.current;
    const pane = circle?.closest<HTMLElement>(".timeline");
    if (!circle || !pane) return;
    const place = circle.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop;
    const before = stood.get(reader);
    stood.set(reader, place);
    if (before === undefined || before >= place || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const from = { transform: `translateY(${before - place}px)` };
    circle.animate([from, { transform: "none" }], { duration: 180, easing: "ease-out" });
  });
  return mark;
}
