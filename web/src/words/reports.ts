/** What the reports are called, and how their lines and numbers read. */

import type { Labels, ReportName, Unit } from "../../../realtime/client/wire.gen.ts";
import { languageName } from "./languages.ts";
import { hour } from "./time.ts";

export const GROUPS: readonly { title: string; names: readonly ReportName[] }[] = [
  { title: "Who is not reached", names: ["not_reached_by_language", "not_reached_by_contact", "opt_outs"] },
  { title: "How soon we answer", names: ["first_replies", "first_replies_by_hour", "waiting"] },
  { title: "How much there is", names: ["volumes", "busy_hours"] },
  { title: "What arrives", names: ["viewed", "failures", "identity", "broadcasts"] },
];

export const TITLES: Record<ReportName, string> = {
  volumes: "Messages",
  first_replies: "First reply",
  first_replies_by_hour: "First reply by hour",
  waiting: "Waiting over the day",
  busy_hours: "Busy hours",
  viewed: "From notice to view",
  failures: "What did not arrive",
  identity: "Identity checks",
  opt_outs: "Who wants no more",
  broadcasts: "Broadcasts",
  not_reached_by_language: "By language",
  not_reached_by_contact: "By contact",
};

/** What is counted, where the columns do not say it all. */
export const NOTES: Record<ReportName, string> = {
  volumes: "Messages that were taken back are left out of every report.",
  first_replies: "From the first words that nobody had answered to the answer. A broadcast answers nobody.",
  first_replies_by_hour: "By the hour in which the question came.",
  waiting: "Patients who waited for an answer at the beginning of each hour, on an average day and at the most.",
  busy_hours: "Messages from patients, by the clinic’s clock.",
  viewed: "Secure messages of these days whose notice went out, by how soon somebody viewed them.",
  failures: "Each try that failed; trying again counts anew.",
  identity: "Each time somebody opened a link. A gap between languages is often a fault of our words.",
  opt_outs: "Phones and e-mail addresses, each counted once a day. A wish about e-mails is no team’s.",
  broadcasts: "All broadcasts that began in these days, together. Plain texts cannot be viewed.",
  not_reached_by_language: "Each patient is in one column. Who wrote to us in these days was reached.",
  not_reached_by_contact: "Each patient is in one column. Who wrote to us in these days was reached.",
};

const DAYS: Intl.DateTimeFormatOptions = { month: "short", day: "numeric", timeZone: "UTC" };

/** "Nov 3", "Nov 3, 2025": a day of a calendar. */
export function calendarDay(day: string, more: Intl.DateTimeFormatOptions = {}): string {
  return new Intl.DateTimeFormat("en-US", { ...DAYS, ...more }).format(Date.parse(`${day}T00:00:00Z`));
}

export function labelOf(label: string, labels: Labels): string {
  if (labels === "day") return calendarDay(label, { weekday: "short" });
  if (labels === "week") return calendarDay(label);
  if (labels === "hour") return hour(Number.parseInt(label, 10));
  return labels === "language" ? languageName(label) : label;
}

/** "45 s", "14 min", "2 h 10 min", "3 d 4 h". */
export function lasting(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const [big, small, units] = minutes < 2880 ? [60, 1, ["h", "min"]] : [1440, 60, ["d", "h"]];
  const rest = Math.floor((minutes % big) / small);
  return `${Math.floor(minutes / big)} ${units[0]}${rest > 0 ? ` ${rest} ${units[1]}` : ""}`;
}

export function numberOf(value: number | null, unit: Unit | undefined): string {
  if (value === null) return "–";
  return unit === "seconds" ? lasting(value) : value.toLocaleString("en-US");
}

export function percent(part: number, whole: number): string {
  const share = whole > 0 ? (part / whole) * 100 : 0;
  return `${share > 0 && share < 10 ? share.toFixed(1) : Math.round(share)}%`;
}
