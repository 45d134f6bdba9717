/** A button with a menu under it: arrows move, Escape and a press elsewhere close, the focus returns. */

import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

interface MenuProps {
  /** Of the button, for whatever presses it by a key. */
  id?: string;
  label: string;
  button: ComponentChildren;
  buttonClass?: string;
  align?: "start" | "end" | "above";
  onOpen?: () => void;
  children: (close: () => void) => ComponentChildren;
}

export function Menu({ id, label, button, buttonClass = "", align = "start", onOpen, children }: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useOutside(box, isOpen, () => setOpen(false));
  useLayoutEffect(() => {
    if (!isOpen) return;
    items(box.current)[0]?.focus();
    onOpen?.();
  }, [isOpen]);
  const close = () => {
    setOpen(false);
    box.current?.querySelector("button")?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the buttons inside and only bubble to here.
    <div class="menu" ref={box} onKeyDown={(event) => isOpen && travel(event, box.current, close)}>
      <button
        type="button"
        id={id}
        class={buttonClass}
        aria-haspopup="true"
        aria-expanded={isOpen}
        aria-label={label}
        onClick={() => setOpen(!isOpen)}
      >
        {button}
      </button>
      {isOpen && <div class={`menu-list ${align}`}>{children(close)}</div>}
    </div>
  );
}

function items(box: HTMLElement | null): HTMLElement[] {
  return [...(box?.querySelectorAll<HTMLElement>(".menu-list button, .menu-list a") ?? [])];
}

function travel(event: KeyboardEvent, box: HTMLElement | null, close: () => void): void {
  if (event.key === "Escape") {
    event.stopPropagation();
    return close();
  }
  const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (by === 0) return;
  event.preventDefault();
  const all = items(box);
  const at = all.indexOf(document.activeElement as HTMLElement);
  all[(at + by + all.length) % all.length]?.focus();
}

function useOutside(box: { current: HTMLElement | null }, isOpen: boolean, act: () => void): void {
  useEffect(() => {
    if (!isOpen) return;
    const leave = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) act();
    };
    document.addEventListener("pointerdown", leave);
    document.addEventListener("focusin", leave);
    return () => {
      document.removeEventListener("pointerdown", leave);
      document.removeEventListener("focusin", leave);
    };
  }, [isOpen]);
}
