/** Bringing lists of patients in: every call, and the file in pieces. */

import { ask, Refused } from "./http.ts";
import { base } from "./page.ts";

export type State =
  | "receiving"
  | "reading"
  | "refused"
  | "read"
  | "checking"
  | "checked"
  | "writing"
  | "paused"
  | "done"
  | "stopped"
  | "undoing"
  | "undone";

export interface Run {
  id: string;
  name: string;
  state: State;
  /** Null: the operator brought it for the clinic. */
  by: string | null;
  at: string;
  size: number;
  received: number;
  why: string | null;
  rows: number;
  position: number;
  created: number;
  updated: number;
  unchanged: number;
  skipped: number;
  /** Rows with a phone or an e-mail that somebody else has too. */
  shared: number;
  taken_back: number;
  kept: number;
  undo_until: string | null;
  rows_until: string | null;
}

export type Field =
  | "phone"
  | "mrn"
  | "first_name"
  | "last_name"
  | "last_first"
  | "first_last"
  | "date_of_birth"
  | "email"
  | "phone_type"
  | "phone_owner"
  | "phone_2"
  | "phone_2_type"
  | "phone_2_owner"
  | "home_phone"
  | "work_phone"
  | "email_2";

export interface Column {
  name: string;
  samples: string[];
  guess: Field | null;
  sure: boolean;
}

export interface DatesSeen {
  month_first: number;
  day_first: number;
  either: number;
  two_digits: number;
  day_numbers: number;
}

export type Order = "month_first" | "day_first";

export interface Columns {
  fields: (Field | null)[];
  dates: Order | null;
  tidy_capitals: boolean;
}

export interface Look {
  format: string;
  rows: number;
  columns: Column[];
  dates: DatesSeen[];
  encoding: string | null;
  delimiter: string | null;
  sheet: string | null;
  other_sheets: number;
}

export interface Detail {
  run: Run;
  look: Look | null;
  columns: Columns | null;
  remembered: boolean;
}

/** One field in which the patient on file is other. */
export interface Side {
  field: Field;
  on_file: string;
  in_list: string;
}

export interface Left {
  row: number;
  cells: string[];
  why: string;
  words: string;
  field: Field | null;
  beside: Side[];
  /** Somebody has put it right, and it comes in with the others. */
  fixed: boolean;
  patient: string | null;
  decision: Decision | null;
}

export interface Decision {
  take?: Field[];
  add?: boolean;
  skip?: boolean;
}

export const PIECE = 1024 * 1024;
const TRIES = 5;
const WAIT = 2_000;

export const recent = (): Promise<{ runs: Run[] }> => ask("GET", "/imports");
export const detail = (run: string): Promise<Detail> => ask("GET", `/imports/${run}`);
export const rows = (run: string, after: number): Promise<{ rows: Left[]; next: number | null }> =>
  ask("GET", `/imports/${run}/rows?after=${after}`);
export const setColumns = (run: string, columns: Columns): Promise<Run> =>
  ask("PUT", `/imports/${run}/columns`, columns);
export const decide = (run: string, decision: Decision, rows: number[] | null): Promise<void> =>
  ask("POST", `/imports/${run}/decisions`, { decision, rows });
export const correct = (run: string, row: number, cells: string[]): Promise<Run> =>
  ask("POST", `/imports/${run}/corrections`, { row, cells });
export const act = (run: string, what: "start" | "pause" | "resume" | "stop" | "undo"): Promise<Run> =>
  ask("POST", `/imports/${run}/${what}`, {});
export const remove = (run: string): Promise<void> => ask("DELETE", `/imports/${run}`);
/** Where the browser saves the rows that did not come in. */
export const problemsAt = (run: string): string => `${base}/api/v1/imports/${run}/problems`;

/** Sends a file piece by piece, on from what has arrived. Raises `Refused`. `told` hears how many bytes are there. */
export async function send(file: File, told: (received: number) => void): Promise<Run> {
  const key = crypto.randomUUID();
  let run = await ask<Run>("POST", "/imports", { key, name: file.name.slice(0, 120), size: file.size });
  let tries = 0;
  while (run.state === "receiving") {
    const piece = file.slice(run.received, run.received + PIECE, "application/octet-stream");
    try {
      run = await ask<Run>("PUT", `/imports/${run.id}/file?at=${run.received}`, piece);
      tries = 0;
    } catch (error) {
      tries += 1;
      if (!(error instanceof Refused) || tries > TRIES || !mayRepeat(error)) throw error;
      if (error.isSilence) await new Promise((done) => setTimeout(done, error.retryAfter ?? WAIT));
      ({ run } = await detail(run.id).catch(() => ({ run })));
    }
    told(run.received);
  }
  return run;
}

const mayRepeat = (no: Refused) => no.isSilence || no.code === "wrong_place";
