/** What each report says, in a sentence: it stands over the plot, and for the plot where nobody sees it. */

import type { Report, ReportName, ReportRow } from "../../../realtime/client/wire.gen.ts";
import { many } from "./counts.ts";
import { labelOf, lasting, numberOf, percent } from "./reports.ts";

const sum = (values: readonly (number | null)[]): number => values.reduce<number>((all, each) => all + (each ?? 0), 0);
const column = (report: Report, at: number): number => sum(report.rows.map((row) => row.values[at] ?? 0));
const count = (value: number) => numberOf(value, "count");

/** The line in which something is most; undefined where it is nowhere. */
function most(rows: readonly ReportRow[], of: (row: ReportRow) => number | null): ReportRow | undefined {
  const [first] = [...rows].filter((row) => (of(row) ?? 0) > 0).sort((one, other) => (of(other) ?? 0) - (of(one) ?? 0));
  return first;
}

const named = (row: ReportRow, report: Report): string => labelOf(row.label, report.labels);

/** Nothing of it happened in these days. */
export function isEmpty(report: Report): boolean {
  return sum([...report.rows.flatMap((row) => row.values), ...(report.total?.values ?? [])]) === 0;
}

export function finding(report: Report): string {
  return FINDINGS[report.name](report);
}

const FINDINGS: Record<ReportName, (report: Report) => string> = {
  volumes(report) {
    const busiest = most(report.rows, (row) => row.values[0] ?? 0);
    const [asked, answered, broadcast] = [0, 1, 2].map((at) => column(report, at)) as [number, number, number];
    const news = broadcast > 0 ? `, and ${count(broadcast)} in broadcasts` : "";
    const when = busiest ? ` Patients wrote most ${inBusiest(report, busiest)}.` : "";
    return `${count(asked)} messages came from patients and ${count(answered)} from staff${news}.${when}`;
  },
  first_replies: replied,
  first_replies_by_hour(report) {
    const slowest = most(report.rows, (row) => row.values[3] ?? null);
    if (!slowest) return replied(report);
    const took = lasting(slowest.values[3] ?? 0);
    return `The slowest hour is ${named(slowest, report)}: half of what patients asked then was answered within ${took}.`;
  },
  waiting(report) {
    const fullest = most(report.rows, (row) => row.values[0] ?? null);
    const peak = most(report.rows, (row) => row.values[1] ?? null);
    if (!fullest || !peak) return "Nobody waited at a full hour.";
    const average = numberOf(fullest.values[0] ?? 0, "count");
    return `At ${named(fullest, report)} most patients wait: ${average} on average. The most at once were ${count(peak.values[1] ?? 0)}, at ${named(peak, report)}.`;
  },
  busy_hours(report) {
    const cells = report.rows.flatMap((row) =>
      row.values.map((value, at) => ({ row, value: value ?? 0, day: report.columns[at]?.name ?? "" })),
    );
    const top = cells.reduce((best, each) => (each.value > best.value ? each : best));
    return `Patients write most on ${top.day} at ${named(top.row, report)}: ${many(top.value, "message")}.`;
  },
  viewed(report) {
    const rows = report.rows.map((row) => sum(row.values));
    const all = sum(rows);
    const within = (step: number) => percent(sum(rows.slice(0, step)), all);
    return `Of ${many(all, "secure message")}, ${within(2)} were viewed within an hour, ${within(4)} within a day and ${within(5)} within 3 days; ${percent(rows[6] ?? 0, all)} were not.`;
  },
  failures(report) {
    const [failed, tried] = [sum(report.rows.flatMap((row) => row.values)), sum(report.total?.values ?? [])];
    const [worst] = report.rows;
    if (!worst) return `All ${count(tried)} went through.`;
    return `${count(failed)} of ${count(tried)} did not arrive (${percent(failed, tried)}). The first reason: ${worst.label[0]?.toLowerCase()}${worst.label.slice(1)}.`;
  },
  identity(report) {
    const shares = report.rows.map((row) => `${percent(row.values[0] ?? 0, sum(row.values))} in ${named(row, report)}`);
    const locked = column(report, 2);
    return `Right at once: ${shares.join(", ")}. ${locked === 0 ? "Nobody was locked." : `Locked: ${count(locked)}.`}`;
  },
  opt_outs(report) {
    const [texts, mails, again] = [column(report, 0), column(report, 1), column(report, 2) + column(report, 3)];
    return `${count(texts)} asked for no more texts and ${count(mails)} for no more e-mails; ${count(again)} want some again.`;
  },
  broadcasts(report) {
    const [audience, posted, , arrived, viewed, answered] = report.rows.map((row) => count(sum(row.values)));
    return `Of ${audience} patients in audiences, ${posted} were posted to. ${arrived} were delivered, ${viewed} viewed and ${answered} answered.`;
  },
  not_reached_by_language: notReached,
  not_reached_by_contact: notReached,
};

function inBusiest(report: Report, row: ReportRow): string {
  return report.labels === "week" ? `in the week from ${named(row, report)}` : `on ${named(row, report)}`;
}

function replied({ total }: Report): string {
  const [asked = 0, answered = 0, closed = 0, half = null, most = null] = total?.values ?? [];
  const waiting = (asked ?? 0) - (answered ?? 0) - (closed ?? 0);
  const open = `Closed without an answer: ${count(closed ?? 0)}; waiting still: ${count(waiting)}.`;
  if (half === null || most === null) return `None of ${many(asked ?? 0, "question")} was answered. ${open}`;
  return `Of ${many(asked ?? 0, "question")}, half were answered within ${lasting(half)} and 90% within ${lasting(most)}. ${open}`;
}

/** The first four columns are ways not to be reached. */
export const NOT_REACHED = 4;

function notReached(report: Report): string {
  const missed = (row: ReportRow) => sum(row.values.slice(0, NOT_REACHED));
  const [all, none] = [sum(report.rows.flatMap((row) => row.values)), sum(report.rows.map(missed))];
  const worst = most(report.rows, (row) => missed(row) / Math.max(1, sum(row.values)));
  const where = worst
    ? ` Most where it says “${named(worst, report)}”: ${percent(missed(worst), sum(worst.values))}.`
    : "";
  return `${count(none)} of ${many(all, "patient")} are not reached (${percent(none, all)}).${where}`;
}
