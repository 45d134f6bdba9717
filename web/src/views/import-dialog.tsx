/** Bringing a list of patients in: file, columns, check, import, result. What was begun is in the list of the first step. */

import { useEffect, useState } from "preact/hooks";
import { Refused } from "../http.ts";
import * as imports from "../imports.ts";
import { heard } from "../imports-heard.ts";
import { STEPS, stepOf } from "../words/imports.ts";
import { inWords } from "../words/refusals.ts";
import { ImportCheck } from "./import-check.tsx";
import { ImportColumns } from "./import-columns.tsx";
import { ImportFile } from "./import-file.tsx";
import { ImportResult, ImportRunning } from "./import-run.tsx";
import { Modal } from "./modal.tsx";

/** What every step is given: the run, and a way to do something that may be refused. */
export interface StepProps {
  detail: imports.Detail;
  attempt: (act: () => Promise<unknown>) => Promise<boolean>;
  onOther: () => void;
}

export function ImportDialog({ onClose }: { onClose: () => void }) {
  const [chosen, choose] = useState<string | null>(null);
  const [detail, setDetail] = useState<imports.Detail | null>(null);
  const [refused, setRefused] = useState("");
  const { run, count } = heard.value;
  const heardOfIt = run === chosen ? count : 0;
  const load = async (id: string) => {
    try {
      setDetail(await imports.detail(id));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefused(`${inWords(error)}.`);
    }
  };
  useEffect(() => {
    if (chosen) void load(chosen);
    else setDetail(null);
  }, [chosen, heardOfIt]);
  const attempt = async (act: () => Promise<unknown>) => {
    try {
      await act();
      setRefused("");
      if (chosen) await load(chosen);
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefused(`${inWords(error)}.`);
      return false;
    }
  };
  const other = () => {
    setRefused("");
    choose(null);
  };
  const step = detail ? stepOf(detail.run.state) : 0;
  return (
    <Modal title="Import patients" onClose={onClose} wide>
      <ol class="steps" aria-label="Steps">
        {STEPS.map((name, index) => (
          <li key={name} class={index < step ? "past" : ""} aria-current={index === step ? "step" : undefined}>
            {name}
          </li>
        ))}
      </ol>
      {refused && (
        <p class="hint bad" role="alert">
          {refused}
        </p>
      )}
      {detail ? (
        <Step detail={detail} attempt={attempt} onOther={other} />
      ) : (
        <ImportFile onChosen={choose} attempt={attempt} />
      )}
    </Modal>
  );
}

function Step(props: StepProps) {
  switch (props.detail.run.state) {
    case "receiving":
    case "refused":
      return <ImportRefused {...props} />;
    case "read":
      return <ImportColumns {...props} />;
    case "checked":
      return <ImportCheck {...props} />;
    case "done":
    case "stopped":
    case "undone":
      return <ImportResult {...props} />;
    default:
      return <ImportRunning {...props} />;
  }
}

function ImportRefused({ detail, attempt, onOther }: StepProps) {
  const { run } = detail;
  const remove = async () => {
    if (await attempt(() => imports.remove(run.id).then(onOther))) onOther();
  };
  return (
    <>
      <p>
        <strong>{run.name}</strong>: {run.why ?? "not all of this file arrived. Take it away, and choose it again."}
      </p>
      <footer>
        <button type="button" class="primary" onClick={() => void remove()}>
          Choose another file
        </button>
      </footer>
    </>
  );
}
