/** Who saw patients with whom they have nothing to do at work, for an admin to go through. */

import { useEffect, useState } from "preact/hooks";
import type { UnusualRead, UnusualReads } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import { ask } from "../http.ts";
import { when } from "../words/time.ts";

const WHY: Record<string, string> = {
  emergency: "took emergency access",
  surname: "has the same last name",
  colleague: "the patient works here",
  elsewhere: "the patient never wrote with their teams",
};

interface Loaded {
  rows: readonly UnusualRead[];
  next: string | null;
}

export function AuditUnusual() {
  const [found, setFound] = useState<Loaded | null>(null);
  const load = async (before: string | null, already: readonly UnusualRead[]) => {
    const page = await ask<UnusualReads>("GET", `/unusual${before ? `?before=${encodeURIComponent(before)}` : ""}`);
    setFound({ rows: [...already, ...page.reads], next: page.next });
  };
  useEffect(() => void load(null, []), []);
  if (!found) return <p class="muted">Loading…</p>;
  return (
    <>
      <p class="muted">Of the last 30 days. Each has a good reason until somebody found that it has none.</p>
      {found.rows.length === 0 && !found.next && <p>There is nothing to look into.</p>}
      <ul class="audit" aria-label="Unusual reads">
        {found.rows.map((each) => (
          <li key={`${each.who.id} ${each.patient.id}`}>
            <p>
              <strong>{each.who.name}</strong> saw <strong>{each.patient.name}</strong>{" "}
              {each.times === 1 ? "once" : `${each.times} times`}:{" "}
              {each.why.map((code) => WHY[code] ?? code).join(", ")}{" "}
              <span class="muted">{when(each.last, clock.now.value)}</span>
            </p>
            <Review read={each} onDone={() => void load(null, [])} />
          </li>
        ))}
      </ul>
      {found.next && (
        <button type="button" onClick={() => void load(found.next, found.rows)}>
          Earlier ones
        </button>
      )}
    </>
  );
}

function Review({ read, onDone }: { read: UnusualRead; onDone: () => void }) {
  const review = (event: SubmitEvent) => {
    event.preventDefault();
    const note = String(new FormData(event.currentTarget as HTMLFormElement).get("note") ?? "");
    const path = `/patients/${read.patient.id}/seen-by/${read.who.id}/reviewed`;
    void ask<void>("POST", path, { until: read.last, note }).then(onDone);
  };
  return (
    <form onSubmit={review}>
      <label class="field">
        What you found out
        <input name="note" maxLength={300} required dir="auto" />
      </label>
      <button type="submit">I looked into it</button>
    </form>
  );
}
