/** What was out of the ordinary in the clinic, for its admins to look into. */

import { useEffect, useState } from "preact/hooks";
import type { Alarm } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import { ask } from "../http.ts";
import { when } from "../words/time.ts";
import { AuditUnopened } from "./audit-unopened.tsx";

const SAID: Record<string, (who: string, many: number) => string> = {
  emergency: (who) => `${who} took emergency access to a patient`,
  took_out: (who) => `${who} saved records as a file`,
  misdirected: (who) => `${who} reported a message that went to the wrong person`,
  opened_up: (who) => `${who} said who may open a sensitive conversation that nobody could open`,
  factors_reset: (who) => `${who} let a colleague set up another authenticator`,
  mass_reads: (who, many) => `${who} saw ${many} patients in an hour`,
  failures: (_, many) => `${many} sign-ins failed in an hour`,
  nobody: (_, many) => `${many} sensitive conversations wait for an answer, and nobody can open them`,
  keys: (_, many) => `${many} messages could not be opened here and did not go`,
  night: (who) => `${who} signed in at night, for the first time in a month`,
  uncertain: (_, many) => `Of ${many} messages it is not known whether they went`,
};

export function AuditAlarms() {
  const [found, setFound] = useState<readonly Alarm[] | null>(null);
  const load = () => void ask<{ alarms: Alarm[] }>("GET", "/alarms").then(({ alarms }) => setFound(alarms));
  useEffect(load, []);
  if (!found) return <p class="muted">Loading…</p>;
  return (
    <>
      <AuditUnopened onOpened={load} />
      {found.length === 0 ? <p>Nothing out of the ordinary has happened.</p> : <Raised found={found} onSeen={load} />}
    </>
  );
}

function Raised({ found, onSeen }: { found: readonly Alarm[]; onSeen: () => void }) {
  return (
    <ul class="audit" aria-label="Alarms">
      {found.map((each) => (
        <li key={each.id}>
          <p>
            <strong>{SAID[each.kind]?.(each.who?.name ?? "Somebody", each.many) ?? each.kind}</strong>{" "}
            <span class="muted">{when(each.at, clock.now.value)}</span>
          </p>
          {each.seen_at ? <Seen alarm={each} /> : <Look alarm={each} onSeen={onSeen} />}
        </li>
      ))}
    </ul>
  );
}

function Seen({ alarm: { seen_by, note } }: { alarm: Alarm }) {
  return (
    <p class="muted" dir="auto">
      {seen_by?.name ?? "Somebody"} looked into it{note ? `: “${note}”` : ""}
    </p>
  );
}

function Look({ alarm, onSeen }: { alarm: Alarm; onSeen: () => void }) {
  const look = (event: SubmitEvent) => {
    event.preventDefault();
    const note = String(new FormData(event.currentTarget as HTMLFormElement).get("note") ?? "");
    void ask<void>("POST", `/alarms/${alarm.id}/seen`, { note }).then(onSeen);
  };
  return (
    <form onSubmit={look}>
      <label class="field">
        What you found out
        <input name="note" maxLength={300} />
      </label>
      <button type="submit">I looked into it</button>
    </form>
  );
}
