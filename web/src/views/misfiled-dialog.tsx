/** Whose message it really is: another patient's, or nobody's that we know. */

import { useState } from "preact/hooks";
import type { Message, Patient } from "../../../realtime/client/wire.gen.ts";
import * as strays from "../strays.ts";
import { caption } from "./bubble.tsx";
import { Closing } from "./closing.tsx";
import { Find } from "./find-patient.tsx";
import { useFirstFocus } from "./focus.ts";
import { Icon } from "./icon.tsx";
import { Modal } from "./modal.tsx";

type Chosen = Patient | "nobody" | null;

export function MisfiledDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<Chosen>(null);
  return (
    <Modal title="Whose message is this?" onClose={onClose}>
      {caption(message) && <blockquote dir="auto">{caption(message)}</blockquote>}
      {chosen ? (
        <Sure message={message} chosen={chosen} onBack={() => setChosen(null)} />
      ) : (
        <>
          <Find text={text} onText={setText} onChoose={setChosen} />
          <button type="button" class="item" onClick={() => setChosen("nobody")}>
            <Icon name="unknown" /> Nobody I know
          </button>
        </>
      )}
    </Modal>
  );
}

interface SureProps {
  message: Message;
  chosen: Exclude<Chosen, null>;
  onBack: () => void;
}

/** What stands in a chart is moved only by who has read what follows. */
function Sure({ message, chosen, onBack }: SureProps) {
  const box = useFirstFocus<HTMLDivElement>();
  const patient = chosen === "nobody" ? null : chosen;
  return (
    <div ref={box} class="find">
      <p>
        Move it to {patient ? "the conversation with " : ""}
        <strong>{patient?.name ?? "Unknown senders"}</strong>?
      </p>
      <p class="muted">
        {message.from.name} no longer shows it, here or on their page. What came with it, or was put here together with
        it, goes along. What your team answered stays here.
      </p>
      <Closing leave="Back" onLeave={onBack} onAct={() => void strays.move(message, patient)}>
        {patient ? `Yes, it is from ${patient.first_name || patient.name}` : "Yes, move it"}
      </Closing>
    </div>
  );
}
