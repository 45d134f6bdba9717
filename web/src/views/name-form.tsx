/** A name for something of the person's or the clinic's, and why it was refused. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Refused } from "../http.ts";
import { inWords } from "../words/refusals.ts";
import { Closing } from "./closing.tsx";
import { useFirstFocus } from "./focus.ts";

/** The server's own sentences are about names. */
export const why = (no: Refused): string => (no.code === "no_answer" ? `${inWords(no)}.` : no.detail);

interface NameFormProps {
  label: string;
  longest: number;
  name: string;
  onName: (name: string) => void;
  /** Raises `Refused`. */
  save: (name: string) => Promise<void>;
  end: () => void;
  verb: string;
  children: ComponentChildren;
}

export function NameForm({ label, longest, name, onName, save, end, verb, children }: NameFormProps) {
  const [refused, setRefused] = useState<Refused | null>(null);
  const form = useFirstFocus<HTMLFormElement>();
  const submit = async (event: Event) => {
    event.preventDefault();
    try {
      await save(name);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefused(error);
    }
  };
  return (
    <form ref={form} onSubmit={(event) => void submit(event)}>
      <label class="field">
        {label}
        <input
          required
          maxLength={longest}
          dir="auto"
          autocomplete="off"
          value={name}
          onInput={(event) => onName(event.currentTarget.value)}
        />
      </label>
      {children}
      {refused && (
        <p class="hint bad" role="alert">
          {why(refused)}
        </p>
      )}
      <Closing leave="Cancel" onLeave={end}>
        {verb}
      </Closing>
    </form>
  );
}
