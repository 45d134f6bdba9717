/** Where the focus goes when the person does something. Nothing that merely happens moves it. */

import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { noting } from "../store.ts";

/**
 * At once, and again when the change that was just made has been drawn (the drawing is a microtask), for a field that
 * only now appears and a dialog that only now closes. Both are over before the next key: one that met no field would
 * be taken for a command, and a focus that came later would take a command for a letter.
 */
export function focusSoon(id: string): void {
  const focus = () => document.getElementById(id)?.focus();
  focus();
  queueMicrotask(() => queueMicrotask(focus));
}

/** To where the person writes to the patient; a note that was begun keeps its words. */
export function focusComposer(): void {
  noting.value = null;
  focusSoon("composer");
}

/** A step of a dialog begins in its first field, or at its first button; or at the first of what is `sought`. */
export function useFirstFocus<E extends HTMLElement>(step = "", sought = "input, button"): RefObject<E | null> {
  const box = useRef<E | null>(null);
  useLayoutEffect(() => {
    // The dialog itself opens in its parent's effect, which comes after this one.
    queueMicrotask(() => box.current?.querySelector<HTMLElement>(sought)?.focus());
  }, [step]);
  return box;
}
