/** The audit, for the clinic's admins: who did what, who saw a patient, and the same as a file. */

import { useState } from "preact/hooks";
import { ANYTHING, type Question } from "../audit.ts";
import { me } from "../store.ts";
import { AuditAlarms } from "./audit-alarms.tsx";
import { AuditEmergency } from "./audit-emergency.tsx";
import { AuditExport } from "./audit-export.tsx";
import { AuditFilter } from "./audit-filter.tsx";
import { AuditLines } from "./audit-lines.tsx";
import { AuditSeers } from "./audit-seers.tsx";
import { Modal } from "./modal.tsx";

export interface Person {
  id: string;
  name: string;
}

interface AuditDialogProps {
  /** Whom it is about; without one, the whole clinic. */
  patient: Person | undefined;
  onClose: () => void;
}

type Page = "seers" | "lines" | "export" | "alarms" | "emergency";

const PAGES = { lines: "Every entry", alarms: "Alarms", emergency: "Emergency access" } as const;

export function AuditDialog({ patient, onClose }: AuditDialogProps) {
  const [page, setPage] = useState<Page>(patient ? "seers" : "lines");
  const [asked, setAsked] = useState<Question>({ ...ANYTHING, ...(patient ? { patient: patient.id } : {}) });
  if (me.value?.user.role !== "admin") {
    return (
      <Modal title="Who did what" onClose={onClose}>
        <p>An admin of your clinic can read the audit.</p>
      </Modal>
    );
  }
  const back = () => setPage("lines");
  if (page === "export") return <AuditExport from={asked.from} to={asked.to} onClose={back} />;
  const title = !patient ? "Who did what" : page === "seers" ? `Who saw ${patient.name}` : `All about ${patient.name}`;
  return (
    <Modal key={page} title={title} onClose={onClose} wide>
      {page === "seers" && patient && <AuditSeers patient={patient.id} />}
      {!patient && (
        <nav class="audit-pages" aria-label="Pages of the audit">
          {(Object.keys(PAGES) as (keyof typeof PAGES)[]).map((each) => (
            <button
              key={each}
              type="button"
              class="link"
              aria-current={page === each ? "page" : undefined}
              onClick={() => setPage(each)}
            >
              {PAGES[each]}
            </button>
          ))}
        </nav>
      )}
      {page === "alarms" && <AuditAlarms />}
      {page === "emergency" && <AuditEmergency />}
      {page === "lines" && (
        <>
          <AuditFilter asked={asked} onAsk={setAsked} />
          <AuditLines key={JSON.stringify(asked)} asked={asked} />
        </>
      )}
      <footer>
        <span class="muted grow small">Reading this is recorded too.</span>
        {patient && (
          <button type="button" onClick={() => setPage(page === "seers" ? "lines" : "seers")}>
            {page === "seers" ? "Every entry" : "Who saw them"}
          </button>
        )}
        {!patient && (
          <button type="button" onClick={() => setPage("export")}>
            Export…
          </button>
        )}
        <button type="button" class="primary" onClick={onClose}>
          Close
        </button>
      </footer>
    </Modal>
  );
}
