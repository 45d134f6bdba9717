/** What the assistant for lists of patients says. */

import type { DatesSeen, Field, Look, Order, Run, State } from "../imports.ts";
import { many } from "./counts.ts";

export const FIELDS: Record<Field, string> = {
  phone: "Mobile phone",
  mrn: "MRN",
  first_name: "First name",
  last_name: "Last name",
  last_first: "Last, First",
  first_last: "First Last",
  date_of_birth: "Date of birth",
  email: "E-mail",
  phone_type: "Type of the mobile phone",
  phone_owner: "Whose the mobile phone is",
  phone_2: "Phone 2",
  phone_2_type: "Type of phone 2",
  phone_2_owner: "Whose phone 2 is",
  home_phone: "Home phone",
  work_phone: "Work phone",
  email_2: "E-mail 2",
};

export const ORDERS: Record<Order, string> = { month_first: "MM/DD/YYYY", day_first: "DD/MM/YYYY" };

export const STEPS = ["File", "Columns", "Check", "Import", "Result"] as const;

const STEP: Record<State, number> = {
  receiving: 0,
  refused: 0,
  reading: 0,
  read: 1,
  checking: 2,
  checked: 2,
  writing: 3,
  paused: 3,
  done: 4,
  stopped: 4,
  undoing: 4,
  undone: 4,
};

export const stepOf = (state: State): number => STEP[state];

export const STATES: Record<State, string> = {
  receiving: "Not all of it arrived",
  reading: "Being read",
  refused: "Could not be read",
  read: "Columns to confirm",
  checking: "Being checked",
  checked: "Ready to import",
  writing: "Being imported",
  paused: "Paused",
  done: "Imported",
  stopped: "Stopped",
  undoing: "Being undone",
  undone: "Undone",
};

/** Where the parts of a name go that a list keeps in one column. */
const PLACES: Partial<Record<Field, Field>> = { last_first: "last_name", first_last: "last_name" };

/** Which cells of a row somebody has to look at: those of the field that is wrong, else all that are read. */
export function cellsOf(field: Field | null, fields: (Field | null)[]): number[] {
  const read = fields.flatMap((each, index) => (each ? [index] : []));
  const wrong = read.filter((index) => (PLACES[fields[index] as Field] ?? fields[index]) === field);
  return wrong.length > 0 ? wrong : read;
}

const number = (value: number) => value.toLocaleString("en-US");

/** "2,418 rows = 2,203 created + 168 updated + 29 unchanged + 18 skipped": it adds up, or it is a fault of ours. */
export function sum(run: Run): string {
  const parts = [
    `${number(run.created)} created`,
    `${number(run.updated)} updated`,
    `${number(run.unchanged)} unchanged`,
    `${number(run.skipped)} skipped`,
  ];
  return `${number(run.rows)} ${run.rows === 1 ? "row" : "rows"} = ${parts.join(" + ")}`;
}

/** The same before anything is saved. */
export function foreseen(run: Run): string {
  return [
    `${number(run.created)} new`,
    many(run.updated, "update"),
    `${number(run.unchanged)} unchanged`,
    `${number(run.skipped)} ${run.skipped === 1 ? "needs" : "need"} you`,
  ].join(" · ");
}

/** Families share phones; who writes to one should know. Empty where nobody shares. */
export function sharing(run: Run): string {
  if (run.shared === 0) return "";
  return `${many(run.shared, "row")} ${run.shared === 1 ? "has" : "have"} a phone or an e-mail that somebody else has too.`;
}

const FORMATS: Record<string, string> = { csv: "CSV", xlsx: "Excel", ndjson: "JSON lines" };
const DELIMITERS: Record<string, string> = { ",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars" };

/** How the file was read, so that nothing is guessed in silence. */
export function howRead(look: Look): string {
  const said = [
    FORMATS[look.format] ?? look.format,
    look.encoding && `letters as ${look.encoding}`,
    look.delimiter && `cells between ${DELIMITERS[look.delimiter] ?? look.delimiter}`,
    look.sheet && `sheet “${look.sheet}”`,
    look.other_sheets > 0 && `${many(look.other_sheets, "other sheet")} left out`,
  ];
  return `We read ${many(look.rows, "row")}: ${said.filter(Boolean).join(", ")}.`;
}

/** Whether somebody must say which number is the month. */
export function isUnclear(seen: DatesSeen | undefined): boolean {
  if (!seen) return false;
  const isProved = seen.month_first > 0 !== seen.day_first > 0;
  return !isProved && (seen.either > 0 || seen.month_first > 0);
}

/** What the dates of a column look like. */
export function datesSeen(seen: DatesSeen | undefined): string {
  if (!seen) return "";
  const { month_first: month, day_first: day, either } = seen;
  const all = month + day + either;
  const said: string[] = [];
  if (month > 0 && day > 0) said.push("Some dates have the month first, and some the day.");
  else if (month > 0) said.push(`Dates look like MM/DD/YYYY (${number(month)} of ${number(all)} show it).`);
  else if (day > 0) said.push(`Dates look like DD/MM/YYYY (${number(day)} of ${number(all)} show it).`);
  else if (either > 0) said.push("The dates can be read in two ways.");
  if (seen.two_digits > 0) said.push(`${many(seen.two_digits, "year")} with two digits.`);
  if (seen.day_numbers > 0) said.push(`${many(seen.day_numbers, "date")} as Excel counts days.`);
  return said.join(" ");
}

/** "about 4 s left", once that can be told. */
export function timeLeft(done: number, all: number, seconds: number): string {
  if (seconds < 5 || done === 0) return "";
  const left = Math.ceil(((all - done) / done) * seconds);
  return left < 90 ? `about ${left} s left` : `about ${Math.round(left / 60)} min left`;
}
