/** What was done, said in passing, with its Undo. */

import { signal } from "@preact/signals";

export interface Toast {
  id: number;
  words: string;
  isError: boolean;
  undo: (() => void) | null;
  /** Goes to what it tells of. */
  open: (() => void) | null;
}

export const toasts = signal<readonly Toast[]>([]);

let toastNumber = 0;

interface ToastOptions {
  isError?: boolean;
  /** What the button "Undo" and the key Z do while it is on the screen. */
  undo?: () => void;
  open?: () => void;
  /** In milliseconds, for what must not be overlooked. */
  lasts?: number;
}

const TOAST_LASTS = 6_000;

/** The pointer or the focus is on the toasts: none goes meanwhile (WCAG 2.2.1). */
let isReading = false;
const overdue: number[] = [];

export function readToasts(is: boolean): void {
  isReading = is;
  if (!is) for (const id of overdue.splice(0)) dismiss(id);
}

function expire(id: number): void {
  if (isReading) overdue.push(id);
  else dismiss(id);
}

export function toast(words: string, { isError = false, undo, open, lasts = TOAST_LASTS }: ToastOptions = {}): void {
  toastNumber += 1;
  const id = toastNumber;
  toasts.value = [...toasts.value, { id, words, isError, undo: undo ?? null, open: open ?? null }].slice(-3);
  if (!isError) setTimeout(() => expire(id), lasts);
}

export function dismiss(id: number): void {
  toasts.value = toasts.value.filter((each) => each.id !== id);
  // What was under the pointer is gone, and nothing tells that it left.
  if (toasts.value.length === 0) isReading = false;
}
