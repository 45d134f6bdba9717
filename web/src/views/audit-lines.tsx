/** Entries of the audit, the newest first; more of them come when they are asked for. */

import { useEffect, useState } from "preact/hooks";
import type { AuditLine } from "../../../realtime/client/wire.gen.ts";
import * as audit from "../audit.ts";
import * as clock from "../clock.ts";
import { Refused } from "../http.ts";
import { besideName, outcome } from "../words/audit.ts";
import { inWords } from "../words/refusals.ts";
import { clinicZone, sentence } from "../words/time.ts";

export function AuditLines({ asked }: { asked: audit.Question }) {
  const [found, setFound] = useState<readonly AuditLine[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [why, setWhy] = useState<string | null>(null);
  const load = async (before: string | null) => {
    setWhy(null);
    try {
      const page = await audit.lines(asked, clinicZone() ?? "UTC", before);
      setFound((known) => [...(before ? (known ?? []) : []), ...page.lines]);
      setNext(page.next);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setWhy(error.code === "wrong_shape" ? error.detail : inWords(error));
    }
  };
  useEffect(() => void load(null), []);
  return (
    <>
      {why && (
        <p class="hint bad" role="alert">
          {why}
        </p>
      )}
      {found === null && !why && <p class="muted">Looking it up…</p>}
      {found?.length === 0 && <p class="muted">Nothing of that was done.</p>}
      <ul class="audit" aria-label="Entries">
        {found?.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </ul>
      {next && (
        <button type="button" class="link" onClick={() => void load(next)}>
          Earlier entries
        </button>
      )}
    </>
  );
}

function Line({ line }: { line: AuditLine }) {
  const beside = besideName(line.who.kind);
  const how = outcome(line);
  return (
    <li>
      <span>
        <strong dir="auto">{line.who.name}</strong> {beside && <span class="muted">({beside})</span>} {line.words}
        {line.patient && line.patient.id !== line.who.id && (
          <>
            {" "}
            · <span dir="auto">{line.patient.name}</span>
          </>
        )}{" "}
        {how && <span class="hint bad">{how}</span>}
      </span>
      <small class="muted">
        <time dateTime={line.at}>{sentence(line.at, clock.now.value)}</time>
        {line.source && ` · from ${line.source}`}
        {line.number !== null ? ` · entry ${line.number}` : " · not sealed yet"}
      </small>
    </li>
  );
}
