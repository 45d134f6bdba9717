/** The table of a report: always there, for whoever reads numbers, copies them, or hears the page. */

import type { Report, ReportRow } from "../../../realtime/client/wire.gen.ts";
import { labelOf, numberOf } from "../words/reports.ts";

const SHADES = 6;

export function ReportTable({ report }: { report: Report }) {
  const top = Math.max(1, ...report.rows.flatMap((row) => row.values.map((value) => value ?? 0)));
  const shade = (value: number | null) => (value ? `heat-${Math.ceil((value / top) * SHADES)}` : "");
  const isHeat = report.name === "busy_hours";
  const cells = (row: ReportRow) =>
    row.values.map((value, at) => (
      <td key={report.columns[at]?.name} class={isHeat ? shade(value) : ""}>
        {numberOf(value, report.columns[at]?.unit)}
      </td>
    ));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the keys.
    <section class="report-table" tabIndex={0} aria-label="Table">
      <table>
        <thead>
          <tr>
            <th scope="col">{report.head}</th>
            {report.columns.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.rows.map((row) => (
            <tr key={row.label}>
              <th scope="row">{labelOf(row.label, report.labels)}</th>
              {cells(row)}
            </tr>
          ))}
        </tbody>
        {report.total && (
          <tfoot>
            <tr>
              <th scope="row">{report.name === "failures" ? "All that were tried" : "All"}</th>
              {cells(report.total)}
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
}
