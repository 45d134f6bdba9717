/** The audit of some days as a file. */

import { useState } from "preact/hooks";
import * as audit from "../audit.ts";
import * as clock from "../clock.ts";
import { clinicZone } from "../words/time.ts";
import { dateIn } from "../words/zones.ts";
import { Taking } from "./export-dialog.tsx";

const FORMATS = {
  csv: { name: "Table (CSV)", detail: "to read, sort and print" },
  ndjson: { name: "JSON lines", detail: "for another program; with the seal of each entry" },
} as const;

interface AuditExportProps {
  from: string;
  to: string;
  onClose: () => void;
}

export function AuditExport({ from, to, onClose }: AuditExportProps) {
  const zone = clinicZone() ?? "UTC";
  const today = dateIn(zone, clock.now.value);
  const [days, setDays] = useState({ from: from || today, to: to || today });
  const [format, setFormat] = useState<audit.Format>("csv");
  return (
    <Taking
      title="Export the audit"
      save={() => audit.save(format, days.from, days.to, zone)}
      warning="The file names patients and who saw them: keep it where only you can read it."
      onClose={onClose}
    >
      <div class="pair">
        <Day label="From" value={days.from} onChosen={(chosen) => setDays({ ...days, from: chosen })} />
        <Day label="To" value={days.to} onChosen={(chosen) => setDays({ ...days, to: chosen })} />
      </div>
      <fieldset class="choices">
        <legend class="hidden">As</legend>
        {(["csv", "ndjson"] as const).map((each) => (
          <label key={each} class="check">
            <input type="radio" name="format" checked={format === each} onChange={() => setFormat(each)} />
            <span>
              {FORMATS[each].name}
              <small>{FORMATS[each].detail}</small>
            </span>
          </label>
        ))}
      </fieldset>
    </Taking>
  );
}

function Day({ label, value, onChosen }: { label: string; value: string; onChosen: (day: string) => void }) {
  return (
    <label class="field">
      {label}
      <input type="date" required value={value} onInput={(event) => onChosen(event.currentTarget.value)} />
    </label>
  );
}
