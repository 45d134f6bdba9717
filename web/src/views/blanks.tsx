/** Blanks of a message that is being written: marked in the field, named under it, and gone to by Tab. */

import { type Blank, blankAfter, blanksIn, sentenceOf } from "../words/blanks.ts";
import { Icon } from "./icon.tsx";

/** Behind the field, whose words a browser lets nobody colour: the same words unseen, with the blanks marked. */
export function BlankMarks({ body }: { body: string }) {
  const blanks = blanksIn(body);
  if (blanks.length === 0) return null;
  const ends = [0, ...blanks.map(({ end }) => end)];
  return (
    <div class="blanks" dir="auto" aria-hidden="true">
      {blanks.map(({ at, text }, nth) => (
        <span key={at}>
          {body.slice(ends[nth], at)}
          <mark>{text}</mark>
        </span>
      ))}
      {body.slice(ends.at(-1))}
    </div>
  );
}

export function BlankHint({ body, isStopped }: { body: string; isStopped: boolean }) {
  const blanks = blanksIn(body);
  if (blanks.length === 0) return null;
  return (
    <p class={`hint ${isStopped ? "bad" : "warn"}`} role={isStopped ? "alert" : "status"}>
      <Icon name="alert" size={14} />
      <span>{sentenceOf(blanks)}</span>
      <kbd>Tab</kbd>
    </p>
  );
}

/** Goes to the next blank after the caret; whether there is one. After the last one Tab leaves the field as ever. */
export function tabToBlank(field: HTMLTextAreaElement | null): boolean {
  const next = field && blankAfter(field.value, field.selectionEnd);
  if (next) choose(field, next);
  return Boolean(next);
}

/** Before it goes: the first blank is gone to; whether there is none. */
export function isFilled(body: string): boolean {
  const [first] = blanksIn(body);
  const field = document.getElementById("composer");
  if (first && field instanceof HTMLTextAreaElement) choose(field, first);
  return first === undefined;
}

function choose(field: HTMLTextAreaElement, { at, end }: Blank): void {
  field.focus();
  field.setSelectionRange(at, end);
}
