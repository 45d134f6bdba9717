/** The patient still waits for an answer: why nothing is left to do. It is kept in the timeline. */

import { useState } from "preact/hooks";
import type { Reason } from "../actions.ts";
import * as desk from "../desk.ts";
import * as several from "../several.ts";
import { many } from "../words/counts.ts";
import { Closing } from "./closing.tsx";
import { useFirstFocus } from "./focus.ts";
import { Modal } from "./modal.tsx";

const REASONS: Record<Reason["why"], string> = {
  by_phone: "Answered by phone",
  not_needed: "No answer needed",
  other: "Something else",
};

/** Without a conversation: for all that are chosen in the list. */
export function DoneDialog({ conversation, onClose }: { conversation: string | null; onClose: () => void }) {
  const [why, setWhy] = useState<Reason["why"]>("by_phone");
  const [words, setWords] = useState("");
  const [isBusy, setBusy] = useState(false);
  const box = useFirstFocus<HTMLFormElement>();
  const needsWords = why === "other";
  const finish = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    const said = words.trim();
    const reason = said ? { why, words: said } : { why };
    const isDone = await (conversation === null ? several.finish(reason) : desk.markDone(conversation, reason));
    setBusy(false);
    if (isDone) onClose();
  };
  return (
    <Modal title="Done without an answer?" onClose={onClose}>
      <form ref={box} onSubmit={(event) => void finish(event)}>
        <p>
          {conversation === null
            ? `${many(several.chosen.value.length, "patient still waits", "patients still wait")} for an answer. Say why nothing is left to do: it is kept with each of them.`
            : "The patient’s question has no answer here. Say why nothing is left to do."}
        </p>
        <fieldset class="choices">
          <legend class="hidden">Why</legend>
          {(Object.keys(REASONS) as Reason["why"][]).map((each) => (
            <label key={each} class="check">
              <input type="radio" name="why" checked={why === each} onChange={() => setWhy(each)} />
              <span>{REASONS[each]}</span>
            </label>
          ))}
        </fieldset>
        <label class="field">
          {needsWords ? "What happened" : "In words, if you like"}
          <input
            type="text"
            required={needsWords}
            maxLength={200}
            value={words}
            onInput={(event) => setWords(event.currentTarget.value)}
          />
        </label>
        <p class="muted">Your team reads it in the conversation. The patient does not.</p>
        <Closing onLeave={onClose} isDisabled={isBusy || (needsWords && words.trim() === "")}>
          Mark as done
        </Closing>
      </form>
    </Modal>
  );
}
