/** In the bar, wherever somebody is: how far an import or a broadcast has come. A press shows all of it. */

import { useEffect, useState } from "preact/hooks";
import * as broadcasts from "../broadcasts.ts";
import * as imports from "../imports.ts";
import * as heard from "../jobs-heard.ts";
import { dialog, me } from "../store.ts";
import { mayManage } from "../tags.ts";
import { number, useQuarters } from "./job-card.tsx";

interface Job {
  id: string;
  dialog: "import" | "broadcasts";
  what: "Import" | "Broadcast";
  name: string;
  done: number;
  all: number;
  unit: "rows" | "patients";
  isPaused: boolean;
}

/** Of each kind what was heard last; a chip goes when its work is done. */
export function JobChips() {
  const runs = useAsked(heard.imports.value, mayManage(), async () => (await imports.recent()).runs.flatMap(ofRun));
  const sends = useAsked(heard.broadcasts.value, me.value !== null, async () =>
    (await broadcasts.recent()).broadcasts.flatMap(ofBroadcast),
  );
  return [...runs, ...sends].map((job) => <Chip key={job.id} {...job} />);
}

/** Asked anew whenever something was heard; at first there is nothing to ask. */
function useAsked(news: number, mayAsk: boolean, ask: () => Promise<Job[]>): readonly Job[] {
  const [jobs, setJobs] = useState<readonly Job[]>([]);
  useEffect(() => {
    if (news === 0 || !mayAsk) return;
    let isLate = false;
    ask().then(
      (found) => !isLate && setJobs(found),
      () => undefined,
    );
    return () => {
      isLate = true;
    };
  }, [news, mayAsk]);
  return mayAsk ? jobs : [];
}

function ofRun({ id, name, state, position, rows }: imports.Run): Job[] {
  if (state !== "writing" && state !== "paused") return [];
  const isPaused = state === "paused";
  return [{ id, dialog: "import", what: "Import", name, done: position, all: rows, unit: "rows", isPaused }];
}

function ofBroadcast({ id, title, state, posted, total, left_out }: broadcasts.Broadcast): Job[] {
  if (state !== "running" && state !== "paused") return [];
  const [all, isPaused] = [total - left_out, state === "paused"];
  return [{ id, dialog: "broadcasts", what: "Broadcast", name: title, done: posted, all, unit: "patients", isPaused }];
}

function Chip({ dialog: name, what, name: called, done, all, unit, isPaused }: Job) {
  // Where its dialog is open, that one says it.
  useQuarters(what, done, all, dialog.value?.name === name);
  const words = `${what}${isPaused ? " paused" : ""}: ${number(done)} of ${number(all)} ${unit}`;
  return (
    <button
      type="button"
      class={`chip job ${isPaused ? "warn" : ""}`}
      title={`${called}. ${words}`}
      aria-label={words}
      onClick={() => {
        dialog.value = { name };
      }}
    >
      {what} {isPaused ? "paused" : `${number(done)}/${number(all)}`}
    </button>
  );
}
