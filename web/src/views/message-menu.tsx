/** What else can be done with a message. */

import type { Message } from "../../../realtime/client/wire.gen.ts";
import * as recalls from "../recalls.ts";
import { dialog } from "../store.ts";
import { hasLeft } from "../words/delivery.ts";
import { Icon } from "./icon.tsx";
import { Menu } from "./menu.tsx";

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
