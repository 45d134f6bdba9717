/** What is wrong with a number or an address that is being typed, with what was probably meant. */

import type { Doubt } from "../words/typed.ts";

interface DoubtedProps {
  id?: string;
  doubt: Doubt | null;
  onTake: (text: string) => void;
}

export function Doubted({ id, doubt, onTake }: DoubtedProps) {
  const { words, instead } = doubt ?? {};
  return (
    <span id={id} role="status" class={doubt ? "hint warn doubted" : "hidden"}>
      {words && <span>{words}</span>}
      {instead && (
        <button type="button" class="link" onClick={() => onTake(instead)}>
          Use it
        </button>
      )}
    </span>
  );
}
