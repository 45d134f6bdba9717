/** The first step: a file is chosen and sent, or one that is there already is gone on with. */

import { useEffect, useState } from "preact/hooks";
import * as clock from "../clock.ts";
import * as imports from "../imports.ts";
import { STATES, sum } from "../words/imports.ts";
import { when } from "../words/time.ts";
import { useFirstFocus } from "./focus.ts";
import { JobCard } from "./job-card.tsx";

interface FileProps {
  onChosen: (run: string) => void;
  attempt: (act: () => Promise<unknown>) => Promise<boolean>;
}

const KINDS = ".csv,.tsv,.txt,.xlsx,.ndjson,.jsonl";

export function ImportFile({ onChosen, attempt }: FileProps) {
  const [runs, setRuns] = useState<imports.Run[] | null>(null);
  const [sending, setSending] = useState<{ done: number; all: number } | null>(null);
  const box = useFirstFocus<HTMLDivElement>();
  useEffect(() => void attempt(() => imports.recent().then((found) => setRuns(found.runs))), []);
  const send = (file: File | undefined) => {
    if (!file) return;
    setSending({ done: 0, all: file.size });
    void attempt(async () => {
      const run = await imports.send(file, (done) => setSending({ done, all: file.size }));
      onChosen(run.id);
    }).then(() => setSending(null));
  };
  return (
    <div ref={box} class="import-file">
      <p>
        A list from your practice system: CSV or Excel, up to 100,000 rows. Nothing is saved before you have seen what
        would be, nothing is sent to anybody, and no consent is recorded.
      </p>
      <label class="field">
        File
        <input type="file" accept={KINDS} onChange={(event) => send(event.currentTarget.files?.[0])} />
      </label>
      {sending && (
        <JobCard
          verb="Sending the file"
          done={Math.round(sending.done / 1000)}
          all={Math.round(sending.all / 1000)}
          unit="KB"
        />
      )}
      {runs && runs.length > 0 && <Recent runs={runs} onChosen={onChosen} />}
    </div>
  );
}

function Recent({ runs, onChosen }: { runs: imports.Run[]; onChosen: (run: string) => void }) {
  return (
    <section aria-label="Imports so far">
      <h3>Imports so far</h3>
      <ul class="import-runs">
        {runs.map((run) => (
          <li key={run.id}>
            <button type="button" class="item" onClick={() => onChosen(run.id)}>
              <span class="grow">
                <strong>{run.name}</strong>
                <small>
                  {STATES[run.state]} · by {run.by ?? "BloomText support"} · {when(run.at, clock.now.value)}
                  {["done", "stopped", "undone"].includes(run.state) && ` · ${sum(run)}`}
                </small>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
