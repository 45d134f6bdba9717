/** The second step: what each column is. */

import { useState } from "preact/hooks";
import * as imports from "../imports.ts";
import { datesSeen, FIELDS, howRead, isUnclear, ORDERS } from "../words/imports.ts";
import { useFirstFocus } from "./focus.ts";
import type { StepProps } from "./import-dialog.tsx";

export function ImportColumns({ detail, attempt, onOther }: StepProps) {
  const { look, run, columns } = detail;
  const box = useFirstFocus<HTMLFormElement>("", "select, input, button");
  const [said, say] = useState<imports.Columns>(columns ?? { fields: [], dates: null, tidy_capitals: true });
  if (!look) return null;
  const seen = look.dates[said.fields.indexOf("date_of_birth")];
  const check = (event: Event) => {
    event.preventDefault();
    void attempt(() => imports.setColumns(run.id, said));
  };
  const setField = (index: number, value: string) => {
    const field = value === "" ? null : (value as imports.Field);
    say({ ...said, fields: said.fields.map((each, at) => (at === index ? field : each)) });
  };
  const remove = () => void attempt(() => imports.remove(run.id).then(onOther));
  return (
    <form ref={box} onSubmit={check}>
      <p>
        {howRead(look)} {datesSeen(seen)}
        {detail.remembered && " The columns are as you said last time."}
      </p>
      <div class="import-table">
        <table>
          <thead>
            <tr>
              <th scope="col">Your column</th>
              <th scope="col">Sample</th>
              <th scope="col">Is</th>
            </tr>
          </thead>
          <tbody>
            {look.columns.map((column, index) => (
              <tr key={`${index} ${column.name}`}>
                <th scope="row">{column.name}</th>
                <td dir="auto">{column.samples.slice(0, 2).join(" · ")}</td>
                <td>
                  <FieldSelect column={column} value={said.fields[index] ?? null} onValue={(v) => setField(index, v)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {isUnclear(seen) && <OrderChoice said={said} say={say} />}
      <label class="check">
        <input
          type="checkbox"
          checked={said.tidy_capitals}
          onChange={(event) => say({ ...said, tidy_capitals: event.currentTarget.checked })}
        />
        <span>Write names that are all in capitals as names (GARCIA becomes Garcia)</span>
      </label>
      <footer>
        <button type="button" onClick={remove}>
          Take the file away
        </button>
        <button type="submit" class="primary">
          Check the rows
        </button>
      </footer>
    </form>
  );
}

interface FieldSelectProps {
  column: imports.Column;
  value: imports.Field | null;
  onValue: (value: string) => void;
}

function FieldSelect({ column, value, onValue }: FieldSelectProps) {
  const isGuess = value !== null && value === column.guess && !column.sure;
  return (
    <>
      <select
        aria-label={`What “${column.name}” is`}
        value={value ?? ""}
        onChange={(event) => onValue(event.currentTarget.value)}
      >
        <option value="">Leave out</option>
        {Object.entries(FIELDS).map(([field, words]) => (
          <option key={field} value={field}>
            {words}
          </option>
        ))}
      </select>
      {isGuess && <small class="muted"> A guess: look at the sample</small>}
    </>
  );
}

function OrderChoice({ said, say }: { said: imports.Columns; say: (columns: imports.Columns) => void }) {
  return (
    <fieldset class="colours">
      <legend>How are the dates of birth written?</legend>
      {(Object.keys(ORDERS) as imports.Order[]).map((order) => (
        <label key={order} class="check">
          <input
            type="radio"
            name="order"
            required
            checked={said.dates === order}
            onChange={() => say({ ...said, dates: order })}
          />
          <span>{ORDERS[order]}</span>
        </label>
      ))}
    </fieldset>
  );
}
