/** The third step: what would be done, and the rows that need a person. Nothing is saved yet. */

import { useEffect, useState } from "preact/hooks";
import * as imports from "../imports.ts";
import { FIELDS, foreseen } from "../words/imports.ts";
import { useFirstFocus } from "./focus.ts";
import type { StepProps } from "./import-dialog.tsx";

type Choice = "skip" | "keep" | "take" | "add";
const DECISIONS: Record<Choice, string> = {
  skip: "Skip this row",
  keep: "Keep what is on file",
  take: "Take what the list says",
  add: "Add as another patient",
};
const CHOICES: Record<string, readonly Choice[]> = {
  differs: ["skip", "keep", "take"],
  several_match: ["skip", "add"],
  other_mrn: ["skip", "add"],
};

export function ImportCheck({ detail, attempt, onOther }: StepProps) {
  const { run, look } = detail;
  const box = useFirstFocus<HTMLDivElement>("", ".import-sum");
  const remove = () => void attempt(() => imports.remove(run.id).then(onOther));
  return (
    <div ref={box} class="import-check">
      <p class="import-sum" tabIndex={-1}>
        <strong>{foreseen(run)}.</strong> Nothing is saved yet. A row that needs you and that you leave as it is, is
        skipped.
      </p>
      {run.skipped > 0 && <Rows run={run} names={look?.columns.map((each) => each.name) ?? []} attempt={attempt} />}
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

interface RowsProps {
  run: imports.Run;
  names: string[];
  attempt: StepProps["attempt"];
}

function Rows({ run, names, attempt }: RowsProps) {
  const [rows, setRows] = useState<imports.Left[]>([]);
  const [next, setNext] = useState<number | null>(0);
  const more = (after: number) =>
    void attempt(async () => {
      const page = await imports.rows(run.id, after);
      setRows((before) => [...before.filter((each) => each.row <= after), ...page.rows]);
      setNext(page.next);
    });
  useEffect(() => more(0), []);
  return (
    <section aria-label="Rows that need you">
      <ul class="import-rows">
        {rows.map((row) => (
          <RowLeft key={row.row} run={run} row={row} names={names} attempt={attempt} />
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

/** What was decided before, so that a reload shows it. */
function choiceOf({ decision }: imports.Left): Choice {
  if (!decision || decision.skip) return "skip";
  if (decision.add) return "add";
  return (decision.take ?? []).length > 0 ? "take" : "keep";
}

function RowLeft({ run, row, names, attempt }: RowsProps & { row: imports.Left }) {
  const choices = CHOICES[row.why];
  const said = row.cells.flatMap((cell, index) => (cell.trim() ? [`${names[index] ?? ""} ${cell.trim()}`] : []));
  const fields = row.differs.map((each) => FIELDS[each]).join(", ");
  const decide = (choice: Choice) => {
    const decision = { take: choice === "take" ? row.differs : [], skip: choice === "skip", add: choice === "add" };
    void attempt(() => imports.decide(run.id, decision, [row.row]));
  };
  return (
    <li>
      <p>
        <strong>Row {row.row}.</strong> {row.words} {fields && <span>Different: {fields}.</span>}
      </p>
      <small dir="auto">{said.join(" · ")}</small>
      {choices && (
        <select
          aria-label={`What to do with row ${row.row}`}
          onChange={(event) => decide(event.currentTarget.value as Choice)}
        >
          {choices.map((choice) => (
            <option key={choice} value={choice} selected={choice === choiceOf(row)}>
              {DECISIONS[choice]}
            </option>
          ))}
        </select>
      )}
    </li>
  );
}
