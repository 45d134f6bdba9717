/** The audit, for the clinic's admins: who did what, who saw a patient, and the same as a file. */

import { useState } from "preact/hooks";
import { ANYTHING, type Question } from "../audit.ts";
import { me } from "../store.ts";
import { AuditAlarms } from "./audit-alarms.tsx";
import { AuditEmergency } from "./audit-emergency.tsx";
import { AuditExport } from "./audit-export.tsx";
import { AuditFilter } from "./audit-filter.tsx";
import { AuditHolds } from "./audit-holds.tsx";
import { AuditIncidents } from "./audit-incidents.tsx";
import { AuditKeeping } from "./audit-keeping.tsx";
import { AuditLines } from "./audit-lines.tsx";
import { AuditSeers } from "./audit-seers.tsx";
import { AuditUnusual } from "./audit-unusual.tsx";
import { IncidentExport } from "./incident-form.tsx";
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

const PAGES = {
  lines: "Every entry",
  alarms: "Alarms",
  unusual: "Unusual reads",
  incidents: "Incidents",
  emergency: "Emergency access",
  holds: "Legal holds",
  keeping: "How long kept",
} as const;

type Page = keyof typeof PAGES | "seers" | "export";

export function AuditDialog({ patient, onClose }: AuditDialogProps) {
  const [page, setPage] = useState<Page>(patient ? "seers" : "lines");
  const [asked, setAsked] = useState<Question>({ ...ANYTHING, ...(patient ? { patient: patient.id } : {}) });
  const [saving, setSaving] = useState<string | null>(null);
  if (me.value?.user.role !== "admin") {
    return (
      <Modal title="Who did what" onClose={onClose}>
        <p>An admin of your clinic can read the audit.</p>
      </Modal>
    );
  }
  if (saving) return <IncidentExport id={saving} onClose={() => setSaving(null)} />;
  if (page === "export") return <AuditExport from={asked.from} to={asked.to} onClose={() => setPage("lines")} />;
  const title = !patient ? "Who did what" : page === "seers" ? `Who saw ${patient.name}` : `All about ${patient.name}`;
  return (
    <Modal key={page} title={title} onClose={onClose} wide>
      {patient ? page === "seers" && <AuditSeers patient={patient.id} /> : <Pages page={page} onChoose={setPage} />}
      {page === "lines" && (
        <>
          <AuditFilter asked={asked} onAsk={setAsked} />
          <AuditLines key={JSON.stringify(asked)} asked={asked} />
        </>
      )}
      <Further page={page} onSave={setSaving} />
      <footer>
        <span class="muted grow small">Reading this is recorded too.</span>
        <Other patient={patient} page={page} onChoose={setPage} />
        <button type="button" class="primary" onClick={onClose}>
          Close
        </button>
      </footer>
    </Modal>
  );
}

/** What asks for itself. */
function Further({ page, onSave }: { page: Page; onSave: (incident: string) => void }) {
  switch (page) {
    case "alarms":
      return <AuditAlarms />;
    case "unusual":
      return <AuditUnusual />;
    case "incidents":
      return <AuditIncidents onSave={onSave} />;
    case "emergency":
      return <AuditEmergency />;
    case "holds":
      return <AuditHolds />;
    case "keeping":
      return <AuditKeeping />;
    default:
      return null;
  }
}

interface Choosing {
  page: Page;
  onChoose: (page: Page) => void;
}

function Pages({ page, onChoose }: Choosing) {
  return (
    <nav class="audit-pages" aria-label="Pages of the audit">
      {(Object.keys(PAGES) as (keyof typeof PAGES)[]).map((each) => (
        <button
          key={each}
          type="button"
          class="link"
          aria-current={page === each ? "page" : undefined}
          onClick={() => onChoose(each)}
        >
          {PAGES[each]}
        </button>
      ))}
    </nav>
  );
}

/** What else there is: of a patient the other reading, of the clinic its file. */
function Other({ patient, page, onChoose }: Choosing & { patient: Person | undefined }) {
  const to = !patient ? "export" : page === "seers" ? "lines" : "seers";
  return (
    <button type="button" onClick={() => onChoose(to)}>
      {!patient ? "Export…" : page === "seers" ? "Every entry" : "Who saw them"}
    </button>
  );
}
