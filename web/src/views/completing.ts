/** A list that opens while somebody types: arrows choose, Enter or Tab takes, Escape closes it. */

import { useRef, useState } from "preact/hooks";
import type { Asking } from "../words/mentions.ts";

interface Completing<T> {
  /** What is asked for at the caret, or null. */
  askingAt: (body: string, caret: number) => Asking | null;
  offered: (typed: string) => readonly T[];
  /** It was chosen; answers what the field says now, or null where the words stay as they are. */
  take: (item: T, asking: Asking) => Said | null;
}

/** What stands in a field, and where its caret does. */
export interface Said {
  body: string;
  caret: number;
  /** Until where something is selected, if it is. */
  end?: number;
}

/** At once and not with the next frame: whoever types on would find the caret elsewhere. */
export function say(field: HTMLTextAreaElement | null, { body, caret, end = caret }: Said): void {
  if (!field) return;
  field.value = body;
  field.setSelectionRange(caret, end);
}

export interface Completion<T> {
  items: readonly T[];
  at: number;
  choose: (item: T | undefined) => void;
}

export function useCompletion<T>({ askingAt, offered, take }: Completing<T>) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [marked, setMarked] = useState(0);
  const items = asking ? offered(asking.typed) : [];
  const at = Math.min(marked, Math.max(0, items.length - 1));
  const close = () => setAsking(null);
  const look = () => {
    const area = field.current;
    setMarked(0);
    setAsking(area && area.selectionStart === area.selectionEnd ? askingAt(area.value, area.selectionStart) : null);
  };
  const choose = (item: T | undefined) => {
    if (!asking || item === undefined) return;
    const said = take(item, asking);
    close();
    if (said) say(field.current, said);
  };
  /** Whether the key was the list's. */
  const press = (key: string): boolean => {
    if (items.length === 0) return false;
    const by = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
    if (by !== 0) setMarked((at + by + items.length) % items.length);
    else if (key === "Enter" || key === "Tab") choose(items[at]);
    else if (key === "Escape") close();
    else return false;
    return true;
  };
  return { field, items, at, look, close, choose, press };
}

/** Keys after which the caret may stand in another word. */
export const MOVES = ["ArrowLeft", "ArrowRight", "Home", "End"];

/** What a field says of the list that belongs to it. */
export function listedBy<T>(name: string, { items, at }: Completion<T>) {
  const isOpen = items.length > 0;
  return {
    "aria-autocomplete": "list",
    "aria-haspopup": "listbox",
    "aria-controls": isOpen ? `${name}s` : undefined,
    "aria-activedescendant": isOpen ? `${name}-${at}` : undefined,
  } as const;
}
