/** Who saw patients with whom they have nothing to do at work, for an admin to go through. */

import type { UnusualRead, UnusualReads } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import { ask } from "../http.ts";
import { when } from "../words/time.ts";
import { Earlier, usePages } from "./pages.tsx";

const WHY: Record<string, string> = {
  emergency: "took emergency access",
  surname: "has the same last name",
  colleague: "the patient works here",
  elsewhere: "the patient never wrote with their teams",
};

export function AuditUnusual() {
  const pages = usePages(async (before) => {
    const page = await ask<UnusualReads>("GET", `/unusual${before ? `?before=${encodeURIComponent(before)}` : ""}`);
    return { rows: page.reads, next: page.next };
  });
  const { found } = pages;
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
            <Review read={each} onDone={pages.again} />
          </li>
        ))}
      </ul>
      <Earlier pages={pages} />
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
