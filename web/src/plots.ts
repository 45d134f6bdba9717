/** How each report is drawn, with Chart.js. It comes with the reports alone. */

import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  type ChartDataset,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from "chart.js";
import type { Report, ReportName } from "../../realtime/client/wire.gen.ts";
import { labelOf, lasting, numberOf } from "./words/reports.ts";

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
);

/** The colours of the page as it looks now: of the columns in their order, of words and of lines. */
export interface Colours {
  columns: readonly string[];
  text: string;
  line: string;
  surface: string;
}

type Shape = "bars" | "lying" | "shares" | "lines";

/** Busy hours have none: their table is the plot. */
const SHAPES: Partial<Record<ReportName, Shape>> = {
  volumes: "bars",
  first_replies: "lines",
  first_replies_by_hour: "lines",
  waiting: "lines",
  viewed: "bars",
  failures: "lying",
  identity: "shares",
  opt_outs: "bars",
  broadcasts: "lying",
  not_reached_by_language: "shares",
  not_reached_by_contact: "shares",
};

export const isDrawn = (report: Report): boolean => SHAPES[report.name] !== undefined;

/** Those of its columns that are drawn: of waits for an answer, the waits. */
export function drawn(report: Report): number[] {
  const hasWaits = report.columns.some(({ unit }) => unit === "seconds");
  return report.columns.flatMap(({ unit }, at) => (hasWaits && unit !== "seconds" ? [] : [at]));
}

/** The height of the plot in pixels: a lying bar takes its room. */
export function heightOf(report: Report): number {
  const lies = ["lying", "shares"].includes(SHAPES[report.name] ?? "");
  return lies ? Math.max(150, 70 + 34 * report.rows.length) : 280;
}

/** Draws it; whoever takes it off the page destroys it first. */
export function draw(canvas: HTMLCanvasElement, report: Report, colours: Colours): { destroy: () => void } {
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 12.5;
  return new Chart(canvas, configured(report, colours));
}

function configured(report: Report, colours: Colours): ChartConfiguration<"bar" | "line", (number | null)[], string> {
  const shape = SHAPES[report.name] ?? "bars";
  const lies = shape === "lying" || shape === "shares";
  const unit = report.columns.some((column) => column.unit === "seconds") ? "seconds" : "count";
  const numbers = {
    min: 0,
    stacked: shape !== "lines",
    ...(shape === "shares" ? { max: 100 } : {}),
    ticks: {
      ...(unit === "seconds" ? { stepSize: stepOf(report) } : {}),
      color: colours.text,
      precision: 0,
      callback: (value: number | string) => tick(Number(value), shape, unit),
    },
    grid: { color: colours.line },
    border: { display: false },
  };
  const names = {
    stacked: shape !== "lines",
    ticks: { color: colours.text, autoSkip: !lies, maxRotation: 0 },
    grid: { display: false },
    border: { color: colours.line },
  };
  return {
    type: shape === "lines" ? "line" : "bar",
    data: {
      labels: report.rows.map((row) => short(labelOf(row.label, report.labels), lies)),
      datasets: drawn(report).map((at) => series(report, at, shape, colours)),
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      devicePixelRatio: Math.max(2, devicePixelRatio),
      indexAxis: lies ? "y" : "x",
      interaction: { mode: "index", axis: lies ? "y" : "x", intersect: false },
      scales: lies ? { x: numbers, y: names } : { x: names, y: numbers },
      plugins: {
        tooltip: {
          callbacks: {
            title: ([item]) => (item ? labelOf(report.rows[item.dataIndex]?.label ?? "", report.labels) : ""),
            label: ({ dataset, dataIndex, datasetIndex }) => {
              const column = drawn(report)[datasetIndex] ?? 0;
              const value = report.rows[dataIndex]?.values[column] ?? null;
              return ` ${dataset.label}: ${numberOf(value, report.columns[column]?.unit)}`;
            },
          },
        },
      },
    },
  };
}

function series(
  report: Report,
  at: number,
  shape: Shape,
  colours: Colours,
): ChartDataset<"bar" | "line", (number | null)[]> {
  const place = drawn(report).indexOf(at);
  const colour = colours.columns[place % colours.columns.length] ?? colours.text;
  const data = report.rows.map((row) => (shape === "shares" ? share(row.values, at) : (row.values[at] ?? null)));
  const look = { label: report.columns[at]?.name ?? "", data, backgroundColor: colour, hoverBackgroundColor: colour };
  if (shape !== "lines")
    // A line of the page between the parts of a bar: they are told apart without their colours.
    return { ...look, borderColor: colours.surface, borderWidth: 1, maxBarThickness: 46, borderSkipped: false };
  return {
    ...look,
    borderColor: colour,
    borderWidth: 2.5,
    borderDash: place > 0 ? [6, 4] : [],
    pointRadius: report.rows.length > 40 ? 0 : 3,
    pointStyle: place > 0 ? "rectRot" : "circle",
    spanGaps: true,
  };
}

function share(values: readonly (number | null)[], at: number): number {
  const all = values.reduce<number>((sum, each) => sum + (each ?? 0), 0);
  return all > 0 ? ((values[at] ?? 0) / all) * 100 : 0;
}

const STEPS = [60, 300, 600, 1800, 3600, 7200, 21_600, 43_200, 86_400, 172_800, 604_800];

/** Times are read in minutes, hours and days, not in tens. */
function stepOf(report: Report): number {
  const top = Math.max(...report.rows.flatMap(({ values }) => drawn(report).map((at) => values[at] ?? 0)));
  return STEPS.find((step) => top / step <= 6) ?? Math.ceil(top / 6 / 604_800) * 604_800;
}

function tick(value: number, shape: Shape, unit: "seconds" | "count"): string {
  if (shape === "shares") return `${value}%`;
  return unit === "seconds" ? lasting(value) : numberOf(value, unit);
}

/** A sentence beside a bar goes on in the next line. */
function short(label: string, lies: boolean): string {
  const most = innerWidth < 700 ? 18 : 38;
  return lies && label.length > most ? `${label.slice(0, most - 1).trimEnd()}…` : label;
}
