/** What a list in a dialog says of the last change: why it was refused, or that it can be put back. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Refused } from "../http.ts";
import { why } from "./name-form.tsx";

interface Back {
  id: string;
  words: string;
  act: () => Promise<unknown>;
}

/** Does something; `back` is how it is put back. Whether it was done. */
export type Change = (act: () => Promise<unknown>, back: Back | null) => Promise<boolean>;

export function useChanges(): { change: Change; said: ComponentChildren; gone: string | undefined } {
  const [back, setBack] = useState<Back | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const change: Change = async (act, next) => {
    try {
      await act();
      setRefused(null);
      setBack(next);
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefused(error);
      return false;
    }
  };
  const said = (
    <>
      {back && (
        <p class="put-back" role="status">
          {back.words}{" "}
          <button type="button" class="link" onClick={() => void change(back.act, null)}>
            Put it back
          </button>
        </p>
      )}
      {refused && (
        <p class="hint bad" role="alert">
          {why(refused)}
        </p>
      )}
    </>
  );
  return { change, said, gone: back?.id };
}
