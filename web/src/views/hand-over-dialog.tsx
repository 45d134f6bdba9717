/** Handing a conversation over: to whom, and the words that they need for it. Both arrive, or neither. */

import { useEffect, useState } from "preact/hooks";
import { known } from "../answers.ts";
import { me, members } from "../store.ts";
import * as work from "../work.ts";
import { useFirstFocus } from "./focus.ts";
import { HandingWords, mayGo, useHanding } from "./handing.tsx";
import { Modal } from "./modal.tsx";

const NOBODY = "";

export function HandOverDialog({ conversation, onClose }: { conversation: string; onClose: () => void }) {
  const row = known(conversation);
  const [to, setTo] = useState<string | null>(null);
  const [body, setBody] = useState("");
  const { said, isBusy, go } = useHanding();
  const box = useFirstFocus<HTMLFormElement>();
  const team = row?.team ?? "";
  useEffect(() => void work.needMembers(team), [team]);
  const others = (members.value.get(team) ?? []).filter((each) => each.id !== me.value?.user.id);
  const isReady = to !== null && mayGo(body) && !isBusy;
  const hand = async (key: string) => {
    await work.handOver(conversation, others.find((each) => each.id === to) ?? null, key, body);
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
          id="hand-over-hint"
          rows={4}
          body={body}
          onBody={setBody}
          onFinish={finish}
          hint="It stays in the conversation as a note for your team. The patient does not see it."
        />
        {said && (
          <p class="hint bad" role="alert">
            {said}
          </p>
        )}
        <footer>
          <button type="button" onClick={onClose}>
            Not now
          </button>
          <button type="submit" class="primary" disabled={!isReady}>
            Hand over
          </button>
        </footer>
      </form>
    </Modal>
  );
}
