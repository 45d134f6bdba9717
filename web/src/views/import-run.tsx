/** The last steps: the rows on their way, and what became of them. */

import * as clock from "../clock.ts";
import * as imports from "../imports.ts";
import { many } from "../words/counts.ts";
import { sum } from "../words/imports.ts";
import { until } from "../words/time.ts";
import { useFirstFocus } from "./focus.ts";
import type { StepProps } from "./import-dialog.tsx";
import { JobCard } from "./job-card.tsx";

const VERBS: Partial<Record<imports.State, string>> = {
  reading: "Reading the file",
  checking: "Checking the rows",
  undoing: "Undoing the import",
};

export function ImportRunning({ detail, attempt }: StepProps) {
  const { run } = detail;
  const box = useFirstFocus<HTMLDivElement>(run.state, ".import-sum");
  const act = (what: "pause" | "resume" | "stop") => void attempt(() => imports.act(run.id, what));
  const isPaused = run.state === "paused";
  const isWriting = isPaused || run.state === "writing";
  const verb = VERBS[run.state] ?? "Importing";
  return (
    <div ref={box}>
      {isWriting || run.state === "checking" ? (
        <JobCard
          key={run.state === "checking" ? "check" : "write"}
          verb={verb}
          done={run.position}
          all={run.rows}
          unit="rows"
          isPaused={isPaused}
        />
      ) : (
        <p role="status">{verb}…</p>
      )}
      <p class="muted import-sum" tabIndex={-1}>
        You can leave this page: it goes on by itself.
      </p>
      {isWriting && (
        <footer>
          <button type="button" onClick={() => act("stop")}>
            Stop
          </button>
          <button type="button" class="primary" onClick={() => act(isPaused ? "resume" : "pause")}>
            {isPaused ? "Go on" : "Pause"}
          </button>
        </footer>
      )}
    </div>
  );
}

export function ImportResult({ detail, attempt, onOther }: StepProps) {
  const { run } = detail;
  const box = useFirstFocus<HTMLDivElement>(run.state, ".import-sum");
  const isUndone = run.state === "undone";
  return (
    <div ref={box}>
      <p class="import-sum" role="status" tabIndex={-1}>
        <strong>{sum(run)}</strong>
      </p>
      {isUndone && (
        <p>
          Undone: {many(run.taken_back, "patient")} put back
          {run.kept > 0 && `, ${many(run.kept, "patient")} left because somebody has used or changed them since`}.
        </p>
      )}
      {run.undo_until && (
        <p class="muted">The whole import can be undone until {until(Date.parse(run.undo_until), clock.now.value)}.</p>
      )}
      <footer>
        {run.skipped > 0 && run.rows_until && (
          <a href={imports.problemsAt(run.id)} download>
            Download {many(run.skipped, "row")} with reasons
          </a>
        )}
        {run.undo_until && !isUndone && (
          <button type="button" onClick={() => void attempt(() => imports.act(run.id, "undo"))}>
            Undo this import
          </button>
        )}
        <button type="button" class="primary" onClick={onOther}>
          Import another file
        </button>
      </footer>
    </div>
  );
}
