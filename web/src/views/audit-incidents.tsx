/** The clinic's messages that went to the wrong person, for its admins: a list, and each with all that is known. */

import { useEffect, useState } from "preact/hooks";
import type { Incident, IncidentRecord } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import * as incidents from "../incidents.ts";
import { eventWords } from "../words/evidence.ts";
import { when } from "../words/time.ts";
import { IncidentForm } from "./incident-form.tsx";
import { Earlier, usePages } from "./pages.tsx";

export function AuditIncidents({ onSave }: { onSave: (incident: string) => void }) {
  const pages = usePages(async (before) => {
    const page = await incidents.page(before);
    return { rows: page.incidents, next: page.next };
  });
  const { found } = pages;
  const [open, setOpen] = useState<string | null>(null);
  if (!found) return <p class="muted">Loading…</p>;
  if (found.rows.length === 0) return <p>No message has been reported as gone to the wrong person.</p>;
  return (
    <>
      <ul class="audit" aria-label="Incidents">
        {found.rows.map((each) => (
          <li key={each.id}>
            <p>
              <strong>A message to {each.name}</strong> <span class="muted">{when(each.at, clock.now.value)}</span>
            </p>
            <p>
              {incidents.standing(each)}. Reported by {each.by.name}, {each.team}. {conclusion(each)}{" "}
              <button
                type="button"
                class="link"
                aria-expanded={open === each.id}
                onClick={() => setOpen(open === each.id ? null : each.id)}
              >
                {open === each.id ? "Hide" : each.closed_at ? "Show" : "Look into it"}
              </button>
            </p>
            {open === each.id && <One id={each.id} onSave={() => onSave(each.id)} onClosed={pages.again} />}
          </li>
        ))}
      </ul>
      <Earlier pages={pages} />
    </>
  );
}

function conclusion({ closed_at, is_breach }: Incident): string {
  if (!closed_at) return "Still open.";
  return is_breach ? "Closed as a breach." : "Closed: no breach.";
}

interface OneProps {
  id: string;
  onSave: () => void;
  onClosed: () => void;
}

function One({ id, onSave, onClosed }: OneProps) {
  const [known, setKnown] = useState<IncidentRecord | null>(null);
  const load = () => void incidents.one(id).then(setKnown);
  useEffect(load, [id]);
  if (!known) return <p class="muted">Loading…</p>;
  const closed = () => {
    load();
    onClosed();
  };
  return (
    <div>
      <blockquote dir="auto">{known.account}</blockquote>
      <ul class="story" aria-label="Each step">
        {known.events.map((event) => (
          <li key={`${event.name} ${event.at}`}>
            <time dateTime={event.at}>{when(event.at, clock.now.value)}</time>
            <span>{eventWords(event)}</span>
          </li>
        ))}
        <li>
          <time dateTime={known.incident.at}>{when(known.incident.at, clock.now.value)}</time>
          <span>
            Reported by {known.incident.by.name}; {known.links === 1 ? "one link" : `${known.links} links`} ended
          </span>
        </li>
      </ul>
      {known.assessment ? <Weighed known={known} /> : <IncidentForm id={id} onClosed={closed} />}
      <button type="button" onClick={onSave}>
        Save the record…
      </button>
    </div>
  );
}

function Weighed({ known: { assessment, closed_by } }: { known: IncidentRecord }) {
  if (!assessment) return null;
  return (
    <dl dir="auto">
      <dt>What was in it</dt>
      <dd>{assessment.nature}</dd>
      <dt>Who got it</dt>
      <dd>{assessment.recipient}</dd>
      <dt>Whether it was viewed</dt>
      <dd>{assessment.viewed}</dd>
      <dt>What made the harm smaller</dt>
      <dd>{assessment.mitigation}</dd>
      <dt>Closed by</dt>
      <dd>{closed_by?.name}</dd>
    </dl>
  );
}
