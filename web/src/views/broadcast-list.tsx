/** The broadcasts there are, the newest first. */

import { useEffect, useState } from "preact/hooks";
import type { Broadcast } from "../broadcasts.ts";
import * as broadcasts from "../broadcasts.ts";
import { heard } from "../broadcasts-heard.ts";
import * as clock from "../clock.ts";
import { me } from "../store.ts";
import { STATES, sum } from "../words/broadcasts.ts";
import { when } from "../words/time.ts";
import { NEW, type PartProps } from "./broadcasts-dialog.tsx";
import { useFirstFocus } from "./focus.ts";

interface ListProps {
  onChosen: (id: string) => void;
  attempt: PartProps["attempt"];
}

export function BroadcastList({ onChosen, attempt }: ListProps) {
  const [found, setFound] = useState<Broadcast[] | null>(null);
  const box = useFirstFocus<HTMLDivElement>();
  useEffect(() => {
    void attempt(async () => setFound((await broadcasts.recent()).broadcasts));
  }, [heard.value]);
  const teams = me.value?.teams ?? [];
  const mayWrite = teams.some((team) => team.is_member);
  return (
    <div ref={box} class="broadcasts">
      <p>
        One message to many patients. Each gets it in their own conversation and answers in private; nobody sees who
        else got it.
      </p>
      {mayWrite && (
        <button type="button" class="primary" onClick={() => onChosen(NEW)}>
          New broadcast
        </button>
      )}
      {found?.length === 0 && <p class="muted">Nothing was sent to many so far.</p>}
      {found && found.length > 0 && (
        <ul class="import-runs" aria-label="Broadcasts so far">
          {found.map((each) => (
            <li key={each.id}>
              <button type="button" class="item" onClick={() => onChosen(each.id)}>
                <span class="grow">
                  <strong dir="auto">{each.title}</strong>
                  <small>
                    {STATES[each.state]} · {teams.find((team) => team.id === each.team)?.name} · {each.by} ·{" "}
                    {when(each.at, clock.now.value)}
                    {each.total > 0 && ` · ${sum(each)}`}
                  </small>
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
