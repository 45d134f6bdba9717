/** One row that needs a person: which side is right, or what should stand in its cells instead. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type * as imports from "../imports.ts";
import { cellsOf, FIELDS } from "../words/imports.ts";
import { birthday } from "../words/time.ts";

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

interface RowProps {
  detail: imports.Detail;
  row: imports.Left;
  onDecide: (row: imports.Left, decision: imports.Decision) => void;
  onCorrect: (row: imports.Left, cells: string[]) => void;
}

export function ImportRow(props: RowProps) {
  const { detail, row } = props;
  const said = row.cells.flatMap((cell, index) => {
    const name = detail.look?.columns[index]?.name ?? "";
    return cell.trim() ? [`${name} ${cell.trim()}`] : [];
  });
  return (
    <li class={row.fixed ? "fixed" : ""}>
      <p id={`import-row-${row.row}`} role="status">
        <strong>Row {row.row}.</strong> {row.words}
      </p>
      <small dir="auto">{said.join(" · ")}</small>
      {row.beside.length > 0 && <Beside row={row} />}
      {CHOICES[row.why] ? <Decide {...props} /> : <Correct {...props} />}
    </li>
  );
}

const shown = ({ field }: imports.Side, value: string) =>
  field === "date_of_birth" && value ? birthday(value) : value || "—";

function Beside({ row }: { row: imports.Left }) {
  return (
    <table class="import-beside">
      <thead>
        <tr>
          <td />
          <th scope="col">On file</th>
          <th scope="col">In the list</th>
        </tr>
      </thead>
      <tbody>
        {row.beside.map((side) => (
          <tr key={side.field}>
            <th scope="row">{FIELDS[side.field]}</th>
            <td dir="auto">{shown(side, side.on_file)}</td>
            <td dir="auto">{shown(side, side.in_list)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What was decided before, so that a reload shows it. */
function choiceOf({ decision }: imports.Left): Choice {
  if (!decision || decision.skip) return "skip";
  if (decision.add) return "add";
  return (decision.take ?? []).length > 0 ? "take" : "keep";
}

function Decide({ row, onDecide }: RowProps) {
  const decide = (choice: Choice) => {
    const take = choice === "take" ? row.beside.map((each) => each.field) : [];
    onDecide(row, { take, skip: choice === "skip", add: choice === "add" });
  };
  return (
    <select
      aria-label={`What to do with row ${row.row}`}
      onChange={(event) => decide(event.currentTarget.value as Choice)}
    >
      {(CHOICES[row.why] ?? []).map((choice) => (
        <option key={choice} value={choice} selected={choice === choiceOf(row)}>
          {DECISIONS[choice]}
        </option>
      ))}
    </select>
  );
}

function Correct({ detail, row, onCorrect }: RowProps) {
  const form = useRef<HTMLFormElement>(null);
  const fields = detail.columns?.fields ?? [];
  const [isOpen, open] = useState(!row.fixed);
  const [shownCells, show] = useState(cellsOf(row.field, fields));
  const wrong = row.fixed ? [] : cellsOf(row.field, fields);
  const cells = [...new Set([...shownCells, ...wrong])].sort((one, other) => one - other);
  const tried = useRef(row.cells);
  useLayoutEffect(() => {
    // After a try that was not enough, to what is wrong now.
    if (tried.current !== row.cells && wrong[0] !== undefined)
      form.current?.querySelector<HTMLElement>(`[name="${wrong[0]}"]`)?.focus();
    tried.current = row.cells;
  }, [row]);
  if (!isOpen)
    return (
      <button type="button" class="link" onClick={() => open(true)}>
        Change row {row.row} again
      </button>
    );
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget as HTMLFormElement);
    show(cells);
    onCorrect(
      row,
      row.cells.map((cell, index) => String(typed.get(`${index}`) ?? cell)),
    );
  };
  return (
    <form ref={form} class="import-correct" onSubmit={send}>
      {cells.map((index) => (
        <label key={index} class="field">
          {detail.look?.columns[index]?.name}
          <input
            name={`${index}`}
            defaultValue={row.cells[index]}
            dir="auto"
            autoComplete="off"
            aria-invalid={wrong.includes(index)}
            aria-describedby={`import-row-${row.row}`}
          />
        </label>
      ))}
      <button type="submit">{row.fixed ? "Change again" : "Put right"}</button>
    </form>
  );
}
