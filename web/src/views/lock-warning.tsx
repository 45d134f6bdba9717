/** Before the screen locks by itself: over everything, a dialog too, and in nobody's way. */

import { useLayoutEffect, useRef } from "preact/hooks";
import * as idle from "../idle.ts";
import { locksIn } from "../store.ts";
import { lockWarning } from "../words/lock.ts";
import { Icon } from "./icon.tsx";

export function LockWarning() {
  const box = useRef<HTMLDivElement>(null);
  const minutes = locksIn.value;
  const isShown = minutes !== null;
  // In the top layer, where an open dialog is; a browser without it shows it under the header.
  useLayoutEffect(() => void (isShown && box.current?.showPopover?.()), [isShown]);
  if (minutes === null) return null;
  return (
    <div ref={box} class="lock-warning" popover="manual">
      <Icon name="lock" />
      <span>{lockWarning(minutes)}</span>
      {/* Whatever the person does keeps it open; this is where one looks for how, and what a screen reader presses. */}
      <button type="button" onClick={idle.stay}>
        Stay signed in
      </button>
    </div>
  );
}
