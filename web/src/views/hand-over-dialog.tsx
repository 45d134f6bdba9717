/** Handing a conversation over: to whom, and the words that they need for it. Both arrive, or neither. */

import { useState } from "preact/hooks";
import { known } from "../answers.ts";
import * as work from "../work.ts";
import { Closing } from "./closing.tsx";
import { useFirstFocus } from "./focus.ts";
import { HandingWords, mayGo, NO_WORDS, useHanding, wordsOf } from "./handing.tsx";
import { Modal } from "./modal.tsx";
import { useOthers } from "./note-field.tsx";

const NOBODY = "";

export function HandOverDialog({ conversation, onClose }: { conversation: string; onClose: () => void }) {
  const row = known(conversation);
  const [to, setTo] = useState<string | null>(null);
  const [draft, setDraft] = useState(NO_WORDS);
  const { said, isBusy, go } = useHanding();
  const box = useFirstFocus<HTMLFormElement>();
  const others = useOthers(row?.team ?? "", work.needMembers);
  const isReady = to !== null && mayGo(draft) && !isBusy;
  const hand = async (key: string) => {
    const next = others.find((each) => each.id === to) ?? null;
    await work.handOver(conversation, next, wordsOf(draft, others, key));
    onClose();
    return "";
  };
  const finish = () => isReady && void go(hand);
  return (
    <Modal title={`Hand over the conversation with ${row?.patient.name ?? "this patient"}`} onClose={onClose}>
      <form
        ref={box}
        onSubmit={(event) => {
          event.preventDefault();
          finish();
        }}
      >
        <fieldset class="choices people">
          <legend>To whom</legend>
          {[...others, { id: NOBODY, name: "Nobody: the team" }].map((each) => (
            <label key={each.id} class="check">
              <input type="radio" name="to" checked={to === each.id} onChange={() => setTo(each.id)} />
              <span>{each.name}</span>
            </label>
          ))}
        </fieldset>
        <HandingWords
          id="hand-over"
          rows={4}
          people={others}
          draft={draft}
          onDraft={setDraft}
          onFinish={finish}
          hint="It stays in the conversation as a note for your team. The patient does not see it."
        />
        {said && (
          <p class="hint bad" role="alert">
            {said}
          </p>
        )}
        <Closing onLeave={onClose} isDisabled={!isReady}>
          Hand over
        </Closing>
      </form>
    </Modal>
  );
}
