/** Everybody who saw something of a patient, who did so last first. */

import { useEffect, useState } from "preact/hooks";
import type { Seer, Seers } from "../../../realtime/client/wire.gen.ts";
import * as audit from "../audit.ts";
import * as clock from "../clock.ts";
import { besideName, times, ways } from "../words/audit.ts";
import { sentence } from "../words/time.ts";

export function AuditSeers({ patient }: { patient: string }) {
  const [found, setFound] = useState<Seers | "failed" | null>(null);
  useEffect(() => {
    audit.seers(patient).then(setFound, () => setFound("failed"));
  }, [patient]);
  if (found === null) return <p class="muted">Looking it up…</p>;
  if (found === "failed") return <p role="alert">This did not load. Close it and try again.</p>;
  return (
    <>
      <p class="muted">
        Who read, opened, found or saved anything of this patient, the patient included. Writing and changing is among
        all entries.
      </p>
      {found.seers.length === 0 && <p>Nobody so far.</p>}
      <ul class="audit" aria-label="Who saw the patient">
        {found.seers.map((seer) => (
          <Row key={`${seer.who.kind} ${seer.who.id}`} seer={seer} />
        ))}
      </ul>
    </>
  );
}

function Row({ seer }: { seer: Seer }) {
  const now = clock.now.value;
  const beside = besideName(seer.who.kind);
  return (
    <li>
      <span>
        <strong dir="auto">{seer.who.name}</strong> {beside && <span class="muted">({beside})</span>}{" "}
        {times(seer.times)}: {ways(seer)}
      </span>
      <small class="muted">
        {seer.times === 1
          ? sentence(seer.last, now)
          : `first ${sentence(seer.first, now)}, last ${sentence(seer.last, now)}`}
        {seer.sources.length > 0 && ` · from ${seer.sources.join(", ")}`}
      </small>
    </li>
  );
}
