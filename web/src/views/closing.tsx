/** The two buttons with which a dialog ends: leave it, or do what it is for. */

import type { ComponentChildren } from "preact";

interface ClosingProps {
  leave?: ComponentChildren;
  onLeave: () => void;
  isDisabled?: boolean;
  /** Absent where the form does it. */
  onAct?: () => void;
  /** What is done. */
  children: ComponentChildren;
}

export function Closing({ leave = "Not now", onLeave, isDisabled = false, onAct, children }: ClosingProps) {
  return (
    <footer>
      <button type="button" onClick={onLeave}>
        {leave}
      </button>
      <button type={onAct ? "button" : "submit"} class="primary" disabled={isDisabled} onClick={onAct}>
        {children}
      </button>
    </footer>
  );
}
