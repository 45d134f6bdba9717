/** Every alert there was, the newest first; more of them come when they are asked for. */

import { useEffect, useState } from "preact/hooks";
import type { Alert, BoardTeam } from "../../../realtime/client/wire.gen.ts";
import * as alerts from "../alerts.ts";
import * as clock from "../clock.ts";
import { alertSaid, courseSaid } from "../words/alerts.ts";

export function BoardEarlier({ teams }: { teams: readonly BoardTeam[] }) {
  const [found, setFound] = useState<readonly Alert[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const load = async (before: string | null) => {
    setFailed(false);
    const page = await alerts.earlier(before).catch(() => null);
    if (!page) return setFailed(true);
    setFound((known) => [...(before ? (known ?? []) : []), ...page.alerts]);
    setNext(page.next);
  };
  useEffect(() => void load(null), []);
  return (
    <>
      {hasFailed && <p role="alert">This did not load. Go back and try again.</p>}
      {found === null && !hasFailed && <p class="muted">Loading…</p>}
      {found?.length === 0 && <p class="muted">No alert was ever raised.</p>}
      <ul class="audit" aria-label="All alerts">
        {found?.map((alert) => (
          <li key={alert.id}>
            <strong>{alertSaid(alert, teams)}</strong>
            <small class="muted">{courseSaid(alert, clock.now.value)}</small>
          </li>
        ))}
      </ul>
      {next && (
        <button type="button" class="link" onClick={() => void load(next)}>
          Earlier alerts
        </button>
      )}
    </>
  );
}
