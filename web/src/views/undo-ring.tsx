/** While a message of mine has not left the house: a ring that runs out, and the way back. */

import { useEffect, useState } from "preact/hooks";
import type { Message } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import * as recalls from "../recalls.ts";
import { me } from "../store.ts";
import { focusComposer } from "./focus.ts";

/** The circle's length, so that its dash can run out. */
const LENGTH = 2 * Math.PI * 6;

export function UndoRing({ message }: { message: Message }) {
  const [left, setLeft] = useState(recalls.undoLeft(message));
  useEffect(() => {
    const timer = setInterval(() => {
      const now = recalls.undoLeft(message);
      setLeft(now);
      // The bubble itself then says how far the message has come.
      if (now === 0) clock.tick();
    }, 200);
    return () => clearInterval(timer);
  }, [message.undo_until]);
  const whole = Math.max(1, (me.value?.limits.undo_seconds ?? 5) * 1000);
  const undo = async () => {
    if (await recalls.undoSend(message)) focusComposer();
  };
  return (
    <button type="button" class="link undo" title="Z" onClick={() => void undo()}>
      <svg class="ring" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <circle class="track" cx="8" cy="8" r="6" />
        <circle
          cx="8"
          cy="8"
          r="6"
          stroke-dasharray={LENGTH}
          stroke-dashoffset={LENGTH * (1 - Math.min(1, left / whole))}
        />
      </svg>
      Undo
      <span class="figures" aria-hidden="true">
        {Math.ceil(left / 1000)}
      </span>
    </button>
  );
}
