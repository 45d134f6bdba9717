/** The platform's own dialog: it holds the focus, closes with Escape, and the focus goes back where it was. */

import { signal } from "@preact/signals";
import type { ComponentChildren, ComponentType } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "./icon.tsx";
import { Spoken } from "./spoken.tsx";

interface ModalProps {
  title: string;
  /** Absent where the dialog must be answered. */
  onClose?: () => void;
  children: ComponentChildren;
  wide?: boolean;
}

/** What else stands in every dialog's head, once it has come. */
export const inHead = signal<ComponentType | null>(null);

export function Modal({ title, onClose, children, wide = false }: ModalProps) {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  const Also = inHead.value;
  // Before the next key: what is typed at once belongs to the dialog.
  useLayoutEffect(() => {
    const before = document.activeElement;
    const opened = box.current;
    // On the shelf it waits until that is back.
    if (opened?.isConnected) opened.showModal();
    return () => {
      // While it is open, nothing behind it takes the focus.
      opened?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const leave = (event: Event) => {
    event.preventDefault();
    onClose?.();
  };
  return (
    <dialog
      ref={box}
      class={wide ? "wide" : ""}
      aria-labelledby={id}
      onCancel={leave}
      // Some browsers let a second Escape through.
      onClose={() => !onClose && box.current?.showModal()}
      onPointerDown={(event) => event.target === box.current && onClose?.()}
    >
      <div class="modal">
        {/* No <header>: outside of <main> that is a banner, and the page has its own. */}
        <div class="modal-head">
          <h2 id={id}>{title}</h2>
          {Also && <Also />}
          {onClose && (
            <button type="button" class="icon-button" aria-label="Close" onClick={onClose}>
              <Icon name="close" />
            </button>
          )}
        </div>
        {children}
      </div>
      <Spoken />
    </dialog>
  );
}
