/** Asked before a message is taken back whose notice has left. */

import { useState } from "preact/hooks";
import type { Message } from "../../../realtime/client/wire.gen.ts";
import * as recalls from "../recalls.ts";
import { isBoth } from "../words/ways.ts";
import { Closing } from "./closing.tsx";
import { Misdirected } from "./misdirected.tsx";
import { Modal } from "./modal.tsx";

/** The notice cannot be called back, and that must be known before. */
export function RecallDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const [isWrong, setWrong] = useState(false);
  const takeBack = () => {
    onClose();
    void recalls.takeBack(message);
  };
  const what = isBoth(message) ? "a text and an e-mail" : message.via === "secure_email" ? "an e-mail" : "a text";
  if (isWrong)
    return (
      <Modal key="wrong" title="This went to the wrong person" onClose={onClose}>
        <Misdirected message={message.id} onBack={() => setWrong(false)} onClose={onClose} />
      </Modal>
    );
  return (
    <Modal key="back" title="Take this message back?" onClose={onClose}>
      <blockquote dir="auto">{message.body}</blockquote>
      <p>
        Its notice has already left: the patient gets {what} without a message behind it. Nobody has viewed the message
        yet.
      </p>
      <p>
        <button type="button" class="link" onClick={() => setWrong(true)}>
          This went to the wrong person…
        </button>
      </p>
      <Closing leave="Leave it" onLeave={onClose} onAct={takeBack}>
        Take it back
      </Closing>
    </Modal>
  );
}
