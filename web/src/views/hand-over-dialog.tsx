/** Handing a conversation over: to whom, and the words that they need for it. Both arrive, or neither. */

import { useEffect, useRef, useState } from "preact/hooks";
import { newKey } from "../../../realtime/client/outbox.ts";
import { known } from "../answers.ts";
import { Refused } from "../http.ts";
import { me, members } from "../store.ts";
import { inWords } from "../words/refusals.ts";
import * as work from "../work.ts";
import { useFirstFocus } from "./focus.ts";
import { Modal } from "./modal.tsx";

const NOBODY = "";

export function HandOverDialog({ conversation, onClose }: { conversation: string; onClose: () => void }) {
  const row = known(conversation);
  const [to, setTo] = useState<string | null>(null);
  const [body, setBody] = useState("");
  const { refused, isBusy, go } = useHandOver(conversation, onClose);
  const box = useFirstFocus<HTMLFormElement>();
  const team = row?.team ?? "";
  useEffect(() => void work.needMembers(team), [team]);
  const others = (members.value.get(team) ?? []).filter((each) => each.id !== me.value?.user.id);
  const left = (me.value?.limits.body ?? 5000) - [...body].length;
  const isReady = to !== null && body.trim() !== "" && left >= 0 && !isBusy;
  const finish = () => isReady && void go(others.find((each) => each.id === to) ?? null, body);
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
        <label class="field">
          What they need to know
          <textarea
            rows={4}
            dir="auto"
            required
            value={body}
            aria-describedby="hand-over-hint"
            onInput={(event) => setBody(event.currentTarget.value)}
            onKeyDown={(event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && finish()}
          />
        </label>
        <p class="muted" id="hand-over-hint">
          It stays in the conversation as a note for your team. The patient does not see it.
          {left < 500 && ` ${left} characters left.`}
        </p>
        {refused && (
          <p class="hint bad" role="alert">
            {inWords(refused)}.
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

/** After a lost answer the same key is asked again, so that it happens once. */
function useHandOver(conversation: string, onDone: () => void) {
  const key = useRef(newKey());
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isBusy, setBusy] = useState(false);
  const go = async (to: Parameters<typeof work.handOver>[1], body: string) => {
    setBusy(true);
    setRefused(null);
    try {
      await work.handOver(conversation, to, key.current, body);
      onDone();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (!error.isSilence) key.current = newKey();
      setRefused(error);
    } finally {
      setBusy(false);
    }
  };
  return { refused, isBusy, go };
}
