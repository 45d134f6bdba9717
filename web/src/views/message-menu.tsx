/** What else can be done with a message. */

import type { Message } from "../../../realtime/client/wire.gen.ts";
import * as recalls from "../recalls.ts";
import { dialog } from "../store.ts";
import { hasLeft } from "../words/delivery.ts";
import { isBoth } from "../words/ways.ts";
import { Closing } from "./closing.tsx";
import { Icon } from "./icon.tsx";
import { Menu } from "./menu.tsx";
import { Modal } from "./modal.tsx";

export function MessageMenu({ message }: { message: Message }) {
  const takeBack = (close: () => void) => () => {
    close();
    if (hasLeft(message)) dialog.value = { name: "recall", message };
    else void recalls.takeBack(message);
  };
  const move = (close: () => void) => () => {
    close();
    dialog.value = { name: "misfiled", message };
  };
  return (
    <Menu
      label="More for this message"
      button={<Icon name="more" size={14} />}
      buttonClass="icon-button tiny more-for"
      align="above"
    >
      {(close) =>
        message.can_recall ? (
          <button type="button" class="item" onClick={takeBack(close)}>
            <Icon name="reopen" /> Take back
          </button>
        ) : (
          <button type="button" class="item" onClick={move(close)}>
            <Icon name="unknown" /> Belongs to somebody else…
          </button>
        )
      }
    </Menu>
  );
}

/** Whoever writes from a phone or a mailbox may be somebody else than its patient; in the portal they have shown who they are. */
export const mayMove = ({ from, via, recalled }: Message) =>
  from.kind === "patient" && !recalled && (via === "sms" || via === "email");

/** The notice cannot be called back, and that must be known before. */
export function RecallDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const takeBack = () => {
    onClose();
    void recalls.takeBack(message);
  };
  const what = isBoth(message) ? "a text and an e-mail" : message.via === "secure_email" ? "an e-mail" : "a text";
  return (
    <Modal title="Take this message back?" onClose={onClose}>
      <blockquote dir="auto">{message.body}</blockquote>
      <p>
        Its notice has already left: the patient gets {what} without a message behind it. Nobody has viewed the message
        yet.
      </p>
      <Closing leave="Leave it" onLeave={onClose} onAct={takeBack}>
        Take it back
      </Closing>
    </Modal>
  );
}
