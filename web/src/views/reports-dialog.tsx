/** Reports, for who supervises: each with what it says, a plot, its table, and the same as a file or on paper. */

import { useEffect, useState } from "preact/hooks";
import type { Report, ReportName } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import { Refused } from "../http.ts";
import { isDrawn } from "../plots.ts";
import * as reads from "../reads.ts";
import * as reports from "../reports.ts";
import { toast } from "../store.ts";
import { mayManage } from "../tags.ts";
import { finding, isEmpty } from "../words/findings.ts";
import { calendarDay, GROUPS, NOTES, TITLES } from "../words/reports.ts";
import { clinicZone } from "../words/time.ts";
import { dateIn } from "../words/zones.ts";
import { Modal } from "./modal.tsx";
import { ReportPlot } from "./report-plot.tsx";
import { ReportTable } from "./report-table.tsx";
import { ReportTools } from "./report-tools.tsx";

export function ReportsDialog({ onClose }: { onClose: () => void }) {
  const zone = clinicZone() ?? "UTC";
  const daysUntilToday = (many: number) => ({
    first: dateIn(zone, clock.now.value, 1 - many),
    last: dateIn(zone, clock.now.value),
  });
  const [asked, setAsked] = useState<reports.Asked>({
    name: "not_reached_by_language",
    team: "",
    ...daysUntilToday(30),
  });
  const teams = useTeams();
  if (!mayManage()) {
    return (
      <Modal title="Reports" onClose={onClose}>
        <p>A supervisor or an admin of your clinic can read the reports.</p>
      </Modal>
    );
  }
  const team = teams.find(({ id }) => id === asked.team)?.name ?? "All teams";
  return (
    <Modal title="Reports" onClose={onClose} wide>
      <div class="reports">
        <Choice chosen={asked.name} onChoose={(name) => setAsked({ ...asked, name })} />
        <section class="report" aria-label={TITLES[asked.name]}>
          <ReportTools
            asked={asked}
            today={daysUntilToday(1).last}
            teams={teams}
            daysUntilToday={daysUntilToday}
            onAsk={setAsked}
          />
          <Shown asked={asked} team={team} />
        </section>
      </div>
    </Modal>
  );
}

function Choice({ chosen, onChoose }: { chosen: ReportName; onChoose: (name: ReportName) => void }) {
  return (
    <nav class="rail" aria-label="Reports">
      {GROUPS.map(({ title, names }) => (
        <section key={title} aria-label={title}>
          <h3>{title}</h3>
          <ul>
            {names.map((name) => (
              <li key={name}>
                <button
                  type="button"
                  aria-current={name === chosen ? "page" : undefined}
                  onClick={() => onChoose(name)}
                >
                  {TITLES[name]}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

function Shown({ asked, team }: { asked: reports.Asked; team: string }) {
  const { report, failed } = useReport(asked);
  const days = `${calendarDay(asked.first, { year: "numeric" })} to ${calendarDay(asked.last, { year: "numeric" })}`;
  const save = () =>
    reports.save(asked).catch((error) => {
      if (error instanceof Refused) toast(error.detail, { isError: true });
    });
  return (
    <>
      <div class="report-head">
        <div>
          <h3>{TITLES[asked.name]}</h3>
          <p class="muted small">
            {days} · {team}
          </p>
        </div>
        <div class="report-acts">
          <button type="button" disabled={!report} onClick={() => void save()}>
            Save as CSV
          </button>
          <button type="button" disabled={!report} onClick={() => print()}>
            Print
          </button>
        </div>
      </div>
      {failed && <p role="alert">{failed}</p>}
      {!failed && !report && <p role="status">Counting…</p>}
      {report && <Found report={report} />}
    </>
  );
}

function Found({ report }: { report: Report }) {
  if (isEmpty(report)) {
    return (
      <p class="empty" role="status">
        Nothing of this happened in these days. Choose more days or another team.
      </p>
    );
  }
  const says = finding(report);
  return (
    <>
      <p class="finding" role="status">
        {says}
      </p>
      {isDrawn(report) && <ReportPlot report={report} says={says} />}
      <ReportTable report={report} />
      <p class="muted small">{NOTES[report.name]}</p>
    </>
  );
}

/** What was asked last is shown, whichever answer comes last. */
function useReport(asked: reports.Asked): { report: Report | null; failed: string } {
  const [found, setFound] = useState<{ asked: reports.Asked; report: Report | null; failed: string } | null>(null);
  useEffect(() => {
    const still = new AbortController();
    const keep = (report: Report | null, failed = "") => {
      if (!still.signal.aborted) setFound({ asked, report, failed });
    };
    reports.read(asked, still.signal).then(keep, (error) => {
      keep(null, error instanceof Refused ? error.detail : "Something went wrong on our side.");
    });
    return () => still.abort();
  }, [asked]);
  return found?.asked === asked ? found : { report: null, failed: "" };
}

function useTeams(): readonly { id: string; name: string }[] {
  const [teams, setTeams] = useState<readonly { id: string; name: string }[]>([]);
  useEffect(() => {
    reads.teams().then(
      (found) => setTeams(found.map(({ team, name }) => ({ id: team, name }))),
      () => undefined,
    );
  }, []);
  return teams;
}
