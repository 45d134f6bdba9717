/** Handing conversations over: the words that go with them, and asking for it once. */

import { useRef, useState } from "preact/hooks";
import { newKey } from "../../../realtime/client/outbox.ts";
import { Refused } from "../http.ts";
import { me } from "../store.ts";
import { inWords } from "../words/refusals.ts";

interface HandingWordsProps {
  /** Of the hint. */
  id: string;
  rows: number;
  body: string;
  onBody: (text: string) => void;
  onFinish: () => void;
  hint: string;
}

const room = (body: string) => (me.value?.limits.body ?? 5000) - [...body].length;

export const mayGo = (body: string) => body.trim() !== "" && room(body) >= 0;

export function HandingWords({ id, rows, body, onBody, onFinish, hint }: HandingWordsProps) {
  const left = room(body);
  return (
    <>
      <label class="field">
        What they need to know
        <textarea
          rows={rows}
          dir="auto"
          required
          value={body}
          aria-describedby={id}
          onInput={(event) => onBody(event.currentTarget.value)}
          onKeyDown={(event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && onFinish()}
        />
      </label>
      <p class="muted" id={id}>
        {hint}
        {left < 500 && ` ${left} characters left.`}
      </p>
    </>
  );
}

/**
 * After a lost answer the same key is asked again, so that it happens once. What is asked answers with the words of what
 * it left, which begins anew, or with none.
 */
export function useHanding() {
  const key = useRef(newKey());
  const [said, setSaid] = useState("");
  const [isBusy, setBusy] = useState(false);
  const go = async (hand: (key: string) => Promise<string>) => {
    setBusy(true);
    setSaid("");
    try {
      const left = await hand(key.current);
      if (left) key.current = newKey();
      setSaid(left);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (!error.isSilence) key.current = newKey();
      setSaid(`${inWords(error)}.`);
    } finally {
      setBusy(false);
    }
  };
  return { said, isBusy, go };
}
