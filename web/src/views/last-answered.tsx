/** Under “Nothing needs a reply”: when a patient was last answered there. */

import { useEffect, useState } from "preact/hooks";
import * as clock from "../clock.ts";
import * as reads from "../reads.ts";
import { sentence } from "../words/time.ts";

export function LastAnswered({ team }: { team: string }) {
  const at = useAnswered(team);
  return at && <p class="muted">Last one answered {sentence(at, clock.now.value)}.</p>;
}

/** Null until it is known, and where nobody was answered; without it nothing is missing. */
function useAnswered(team: string): string | null {
  const [at, setAt] = useState<string | null>(null);
  useEffect(() => {
    const asking = new AbortController();
    reads.inbox({ team, view: "waiting", filters: {} }, {}, asking.signal).then(
      ({ rows }) => setAt(rows.find(({ last }) => last && last.from !== "patient")?.last?.at ?? null),
      () => undefined,
    );
    return () => asking.abort();
  }, [team]);
  return at;
}
