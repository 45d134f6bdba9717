/** In the place of a list that did not load: why, what to say to who runs the server, and another try. */

import type { Refused } from "../http.ts";
import { inWords } from "../words/refusals.ts";

interface UnloadedProps {
  /** "The list" */
  what: string;
  refused: Refused | null;
  onAgain: () => void;
}

export function Unloaded({ what, refused, onAgain }: UnloadedProps) {
  const reference = refused?.about.reference;
  return (
    <div class="empty" role="alert">
      <p>{what} did not load.</p>
      {refused && <p class="muted">{reference ? "Something went wrong on our side" : inWords(refused)}.</p>}
      {reference && (
        <p class="muted">
          Reference <code>{reference}</code>
        </p>
      )}
      <button type="button" onClick={onAgain}>
        Try again
      </button>
    </div>
  );
}
