/** Handing conversations over: the words that go with them, and asking for it once. */

import { useRef, useState } from "preact/hooks";
import { newKey } from "../../../realtime/client/outbox.ts";
import type { Colleague } from "../../../realtime/client/wire.gen.ts";
import type { NoteAsked } from "../actions.ts";
import { Refused } from "../http.ts";
import { me, type NoteDraft } from "../store.ts";
import { called } from "../words/mentions.ts";
import { inWords } from "../words/refusals.ts";
import { NoteField } from "./note-field.tsx";

interface HandingWordsProps {
  id: string;
  rows: number;
  /** Those on whom the words can call. */
  people: readonly Colleague[];
  draft: NoteDraft;
  onDraft: (change: (draft: NoteDraft) => NoteDraft) => void;
  onFinish: () => void;
  hint: string;
}

const room = (body: string) => (me.value?.limits.body ?? 5000) - [...body].length;

export const NO_WORDS: NoteDraft = { body: "", chosen: [] };

export const mayGo = ({ body }: NoteDraft) => body.trim() !== "" && room(body) >= 0;

export const wordsOf = ({ body, chosen }: NoteDraft, people: readonly Colleague[], key: string): NoteAsked => ({
  key,
  body,
  mentions: called(body, people, new Set(chosen)).map((each) => each.id),
});

export function HandingWords({ id, rows, people, draft, onDraft, onFinish, hint }: HandingWordsProps) {
  const left = room(draft.body);
  return (
    <>
      <div class="field">
        <label for={id}>What they need to know</label>
        <NoteField
          id={id}
          hint={`${id}-hint`}
          required
          rows={rows}
          placeholder="@ mentions a colleague"
          people={people}
          body={draft.body}
          onBody={(body) => onDraft((known) => ({ ...known, body }))}
          onChosen={(each) => onDraft((known) => ({ ...known, chosen: [...known.chosen, each.id] }))}
          onAdd={onFinish}
        />
      </div>
      <p class="muted" id={`${id}-hint`}>
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
