/** The third step: what would be done, and the rows that need a person. Nothing is saved yet. */

import { useEffect, useState } from "preact/hooks";
import * as imports from "../imports.ts";
import { foreseen, sharing } from "../words/imports.ts";
import { useFirstFocus } from "./focus.ts";
import type { StepProps } from "./import-dialog.tsx";
import { ImportRow } from "./import-row.tsx";

export function ImportCheck({ detail, attempt, onOther }: StepProps) {
  const { run } = detail;
  const box = useFirstFocus<HTMLDivElement>("", ".import-sum");
  const remove = () => void attempt(() => imports.remove(run.id).then(onOther));
  return (
    <div ref={box} class="import-check">
      <p class="import-sum" tabIndex={-1}>
        <strong>{foreseen(run)}.</strong> Nothing is saved yet. A row that needs you and that you leave as it is, is
        skipped.
      </p>
      {run.shared > 0 && <p>{sharing(run)} Families share them: each stays a patient of their own.</p>}
      <Rows detail={detail} attempt={attempt} />
      <footer>
        <a href={imports.problemsAt(run.id)} download hidden={run.skipped === 0}>
          Download the rows that need you
        </a>
        <button type="button" onClick={remove}>
          Take the file away
        </button>
        <button type="button" class="primary" onClick={() => void attempt(() => imports.act(run.id, "start"))}>
          Start the import
        </button>
      </footer>
    </div>
  );
}

function Rows({ detail, attempt }: Pick<StepProps, "detail" | "attempt">) {
  const { run } = detail;
  const [rows, setRows] = useState<imports.Left[]>([]);
  const [next, setNext] = useState<number | null>(0);
  const more = (after: number) =>
    void attempt(async () => {
      const page = await imports.rows(run.id, after);
      setRows((before) => [...before.filter((each) => each.row <= after), ...page.rows]);
      setNext(page.next);
    });
  const again = async ({ row }: imports.Left) => {
    const page = await imports.rows(run.id, row - 1);
    const now = page.rows.find((each) => each.row === row);
    setRows((before) => before.map((each) => (each.row === row && now ? now : each)));
  };
  const decide = (row: imports.Left, decision: imports.Decision) =>
    void attempt(() => imports.decide(run.id, decision, [row.row]).then(() => again(row)));
  const correct = (row: imports.Left, cells: string[]) =>
    void attempt(() => imports.correct(run.id, row.row, cells).then(() => again(row)));
  useEffect(() => more(0), []);
  if (rows.length === 0) return null;
  return (
    <section aria-label="Rows that need you">
      {rows.filter((each) => each.why === "differs").length > 1 && (
        <DecideAll run={run} attempt={attempt} onDone={() => more(0)} />
      )}
      <ul class="import-rows">
        {rows.map((row) => (
          <ImportRow key={row.row} detail={detail} row={row} onDecide={decide} onCorrect={correct} />
        ))}
      </ul>
      {next !== null && next > 0 && (
        <button type="button" class="link" onClick={() => more(next)}>
          Show more rows
        </button>
      )}
    </section>
  );
}

const EVERY: imports.Field[] = ["phone", "mrn", "first_name", "last_name", "date_of_birth", "email"];

function DecideAll({ run, attempt, onDone }: { run: imports.Run; attempt: StepProps["attempt"]; onDone: () => void }) {
  const decide = (take: imports.Field[]) =>
    void attempt(() => imports.decide(run.id, { take }, null)).then((isDone) => isDone && onDone());
  return (
    <p class="import-all">
      For all rows that differ from what is on file:{" "}
      <button type="button" onClick={() => decide([])}>
        Keep what is on file
      </button>{" "}
      <button type="button" onClick={() => decide(EVERY)}>
        Take what the list says
      </button>
    </p>
  );
}
