/** Whichever dialog is open. Those that somebody may want at once are here; the others come after the first view. */

import { useEffect } from "preact/hooks";
import * as desk from "../desk.ts";
import { lateDialogs } from "../parts.ts";
import type { Dialog } from "../store.ts";
import { dialog, pending } from "../store.ts";
import { clock } from "../words/time.ts";
import { focusComposer } from "./focus.ts";
import type { LateDialog } from "./late-dialogs.tsx";
import { Modal } from "./modal.tsx";
import { Palette } from "./palette.tsx";
import { Waiting } from "./waiting.tsx";

const close = () => {
  dialog.value = null;
};

export function Dialogs() {
  const open = dialog.value;
  if (!open) return null;
  switch (open.name) {
    case "palette":
      return <Palette onClose={close} />;
    case "moved-on":
      return <MovedOn open={open} />;
    default:
      return <Late open={open} />;
  }
}

function Late({ open }: { open: LateDialog }) {
  const here = lateDialogs.here.value;
  useEffect(() => void lateDialogs.load(), []);
  if (here) return <here.LateDialogs open={open} onClose={close} />;
  return <Waiting for={lateDialogs} onClose={close} />;
}

/** A colleague or the patient wrote in between: nothing goes out before the writer has seen it. */
function MovedOn({ open }: { open: Extract<Dialog, { name: "moved-on" }> }) {
  const entry = pending.value.find((each) => each.key === open.key);
  const leave = (act: (key: string) => void) => () => {
    close();
    act(open.key);
    focusComposer();
  };
  const who = open.missed.at(-1)?.from.name ?? "Somebody";
  return (
    <Modal title={`${who} wrote while you were writing`} onClose={close}>
      <ul class="missed">
        {open.missed.map((message) => (
          <li key={message.id}>
            <strong>{message.from.name}</strong> <span class="muted">{clock(message.at)}</span>
            <p dir="auto">{message.body}</p>
          </li>
        ))}
      </ul>
      <h3>Your message</h3>
      <blockquote dir="auto">{entry?.draft.body}</blockquote>
      <footer>
        <button type="button" onClick={leave(desk.drop)}>
          Discard
        </button>
        <button type="button" onClick={leave(desk.takeBack)}>
          Keep editing
        </button>
        <button type="button" class="primary" onClick={leave(desk.sendAnyway)}>
          Send anyway
        </button>
      </footer>
    </Modal>
  );
}
