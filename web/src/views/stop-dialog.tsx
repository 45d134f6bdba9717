/** The patient said or wrote that they want nothing more: any words and any way of saying it count. */

import { useState } from "preact/hooks";
import type { Carrier } from "../../../realtime/client/wire.gen.ts";
import * as entries from "../entries.ts";
import { teamOf, thread } from "../store.ts";
import { phone } from "../words/phone.ts";
import { Closing } from "./closing.tsx";
import { Modal } from "./modal.tsx";

export function StopDialog({ conversation, onClose }: { conversation: string; onClose: () => void }) {
  const open = thread.value;
  const stops = open?.patient.stops ?? [];
  const isLeft = (by: Carrier) => !stops.some((stop) => stop.by === by);
  const [by, setBy] = useState<Carrier>(isLeft("text") ? "text" : "email");
  const [words, setWords] = useState("");
  const [isBusy, setBusy] = useState(false);
  if (open?.row.id !== conversation) return null;
  const { patient, row } = open;
  const name = patient.first_name || patient.name;
  const numbers = (teamOf(row.team)?.numbers ?? []).map(phone).join(" and ");
  const record = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    const isDone = await entries.stop(patient.id, { by, team: row.team, words: words.trim() });
    setBusy(false);
    if (isDone) onClose();
  };
  return (
    <Modal title={`What does ${name} want no more?`} onClose={onClose}>
      <form onSubmit={(event) => void record(event)}>
        <fieldset class="choices">
          <legend class="hidden">What</legend>
          <Choice
            name="Texts"
            detail={`from ${numbers || "this team"}`}
            isOn={by === "text"}
            onChoose={() => setBy("text")}
            isLeft={isLeft("text")}
          />
          <Choice
            name="E-mails"
            detail={patient.email ?? "none on file"}
            isOn={by === "email"}
            onChoose={() => setBy("email")}
            isLeft={isLeft("email")}
          />
        </fieldset>
        <label class="field">
          In their words
          <input
            type="text"
            required
            maxLength={500}
            value={words}
            onInput={(event) => setWords(event.currentTarget.value)}
          />
        </label>
        <p class="muted">
          It counts at once, also for what waits to go out. It is recorded with your name and the time.
        </p>
        <Closing onLeave={onClose} isDisabled={isBusy || words.trim() === ""}>
          {by === "text" ? "Stop texts" : "Stop e-mails"}
        </Closing>
      </form>
    </Modal>
  );
}

interface ChoiceProps {
  name: string;
  detail: string;
  isOn: boolean;
  isLeft: boolean;
  onChoose: () => void;
}

function Choice({ name, detail, isOn, isLeft, onChoose }: ChoiceProps) {
  return (
    <label class="check">
      <input type="radio" name="by" checked={isOn} disabled={!isLeft} onChange={onChoose} />
      <span>
        {name}
        <small>{isLeft ? detail : "stopped already"}</small>
      </span>
    </label>
  );
}
