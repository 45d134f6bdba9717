/** Something that takes a while: a bar with numbers, its rate, and how long it still takes once that can be told. */

import { useEffect, useRef } from "preact/hooks";
import { announce } from "../announce.ts";
import { timeLeft } from "../words/imports.ts";

interface JobCardProps {
  /** What is being done: "Importing". */
  verb: string;
  done: number;
  all: number;
  /** What is counted: "rows". */
  unit: string;
  isPaused?: boolean;
}

export const number = (value: number) => value.toLocaleString("en-US");

/** Four times in all: a screen reader is not for counting along. */
export function useQuarters(verb: string, done: number, all: number, isSilent = false): void {
  const quarter = all > 0 ? Math.floor((done / all) * 4) : 0;
  const told = useRef(quarter);
  useEffect(() => {
    if (quarter > told.current && !isSilent) announce(`${verb}: ${quarter * 25} percent`);
    told.current = quarter;
  }, [quarter]);
}

export function JobCard({ verb, done, all, unit, isPaused = false }: JobCardProps) {
  const began = useRef({ at: Date.now(), done });
  useQuarters(verb, done, all);
  useEffect(() => {
    began.current = { at: Date.now(), done };
  }, [isPaused]);
  const seconds = (Date.now() - began.current.at) / 1000;
  const here = done - began.current.done;
  const rate = seconds >= 1 && here > 0 && !isPaused ? `${number(Math.round(here / seconds))} ${unit}/s` : "";
  const left = isPaused ? "Paused" : timeLeft(here, all - began.current.done, seconds);
  const words = [`${number(done)} of ${number(all)} ${unit}`, rate, left].filter(Boolean).join(" · ");
  return (
    <div class="job-card">
      <progress max={Math.max(all, 1)} value={done} aria-label={verb} />
      <p>{words}</p>
    </div>
  );
}
