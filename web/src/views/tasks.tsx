/** Over the conversation: what a person must do here, and the ways it can end. */

import type { Task } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import * as desk from "../desk.ts";
import { hours } from "../hours.ts";
import type { ThreadState } from "../state/thread.ts";
import { dialog } from "../store.ts";
import { unconfirmed } from "../words/identity.ts";
import { onCallSaid } from "../words/on-call.ts";
import { sentenceOf, TASKS } from "../words/tasks.ts";
import { sentence } from "../words/time.ts";
import { Icon } from "./icon.tsx";
import { Call, FixContact } from "./standings.tsx";

export function Tasks({ open, mayAct }: { open: ThreadState; mayAct: boolean }) {
  if (open.row.tasks.length === 0) return null;
  return (
    <ul class="tasks" aria-label="To do">
      {open.row.tasks.map((task) => (
        <Banner key={task.id} task={task} open={open} mayAct={mayAct} />
      ))}
    </ul>
  );
}

function Banner({ task, open, mayAct }: { task: Task; open: ThreadState; mayAct: boolean }) {
  const { acts, advice, offers } = TASKS[task.kind];
  return (
    <li>
      <Icon name="alert" />
      <span class="what" title={sentence(task.at, clock.now.value)}>
        {task.identity ? unconfirmed(task.identity, clock.now.value) : sentenceOf(task)}
        {task.number !== null && <ShowMessage number={task.number} />}
        {advice && <small>{advice}</small>}
        {task.kind === "urgent" && <OnCallLine team={open.row.team} />}
      </span>
      {mayAct && (
        <span class="helps">
          {offers === "call" && <Call patient={open.patient} />}
          {offers === "fix" && <FixContact conversation={open.row.id} />}
          {offers === "tries" && <ShowTries task={task.id} />}
          {acts.map((act) => (
            <button
              key={act.outcome}
              id={act.outcome === "unlocked" ? "unlock" : undefined}
              type="button"
              onClick={() => void desk.closeTask(task.id, act.outcome)}
            >
              {act.words}
            </button>
          ))}
        </span>
      )}
    </li>
  );
}

/** Somebody must know whether they are the only one who sees this. */
function OnCallLine({ team }: { team: string }) {
  const found = hours.value.get(team);
  return found ? <small>{onCallSaid(found.on_call, clock.now.value)}</small> : null;
}

function ShowTries({ task }: { task: string }) {
  const show = () => {
    dialog.value = { name: "tries", task };
  };
  return (
    <button type="button" class="link" onClick={show}>
      Show what was typed
    </button>
  );
}

/** The message it is about, if it is on this page. */
function ShowMessage({ number }: { number: number }) {
  const show = () => {
    const message = document.querySelector<HTMLElement>(`[data-number="${number}"]`);
    message?.scrollIntoView({ block: "center" });
    message?.animate([{ background: "var(--warn-fill)" }, { background: "transparent" }], { duration: 1200 });
  };
  return (
    <button type="button" class="link" onClick={show}>
      Show the message
    </button>
  );
}
