/** Where the focus goes when the person does something. Nothing that merely happens moves it. */

import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { noting } from "../store.ts";

/** At once, and again after the screen has been drawn, for a dialog that only now closes. */
export function focusSoon(id: string): void {
  const focus = () => document.getElementById(id)?.focus();
  focus();
  requestAnimationFrame(focus);
}

/** To where the person writes to the patient; a note that was begun keeps its words. */
export function focusComposer(): void {
  noting.value = null;
  focusSoon("composer");
}

/** A step of a dialog begins in its first field, or at its first button. */
export function useFirstFocus<E extends HTMLElement>(step = ""): RefObject<E | null> {
  const box = useRef<E | null>(null);
  useEffect(() => {
    // The dialog itself opens in its parent's effect, which comes after this one.
    queueMicrotask(() => box.current?.querySelector<HTMLElement>("input, button")?.focus());
  }, [step]);
  return box;
}
