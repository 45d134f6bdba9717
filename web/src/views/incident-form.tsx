/** The four questions of 45 CFR 164.402 that an admin answers before an incident is closed, and its record as a file. */

import { useState } from "preact/hooks";
import type { Format } from "../exports.ts";
import { Refused } from "../http.ts";
import * as incidents from "../incidents.ts";
import { inWords } from "../words/refusals.ts";
import { Taking } from "./export-dialog.tsx";

const QUESTIONS = {
  nature: "What health information was in it?",
  recipient: "Who got it, or may have?",
  viewed: "Was it really viewed or kept?",
  mitigation: "What has made the harm smaller?",
} as const;

export function IncidentForm({ id, onClosed }: { id: string; onClosed: () => void }) {
  const [said, setSaid] = useState("");
  const close = (event: SubmitEvent) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string) => String(given.get(name) ?? "");
    const weighed = {
      nature: text("nature"),
      recipient: text("recipient"),
      viewed: text("viewed"),
      mitigation: text("mitigation"),
      is_breach: text("conclusion") === "breach",
    };
    incidents.close(id, weighed).then(onClosed, (error: unknown) => {
      if (!(error instanceof Refused)) throw error;
      setSaid(inWords(error));
    });
  };
  return (
    <form onSubmit={close}>
      {Object.entries(QUESTIONS).map(([name, question]) => (
        <label key={name} class="field">
          {question}
          <textarea name={name} rows={2} maxLength={2000} required dir="auto" />
        </label>
      ))}
      <fieldset class="choices">
        <legend>What follows from it</legend>
        <label class="check">
          <input type="radio" name="conclusion" value="low" required />
          <span>
            No breach<small>A low probability that the information was compromised</small>
          </span>
        </label>
        <label class="check">
          <input type="radio" name="conclusion" value="breach" required />
          <span>
            A breach<small>The patient must be told within 60 days</small>
          </span>
        </label>
      </fieldset>
      {said && (
        <p class="hint bad" role="alert">
          {said}
        </p>
      )}
      <button type="submit" class="primary">
        Close the incident
      </button>
    </form>
  );
}

/** Its record as a file. */
export function IncidentExport({ id, onClose }: { id: string; onClose: () => void }) {
  const [format, setFormat] = useState<Format>("pdf");
  return (
    <Taking
      title="Save the record of the incident"
      save={() => incidents.save(id, format)}
      warning="The file is private: keep it with your clinic’s papers."
      onClose={onClose}
    >
      <p>What happened, each step with its time, and what your clinic made of it. The message’s words are not in it.</p>
      <fieldset class="choices">
        <legend class="hidden">As</legend>
        {(["pdf", "json"] as const).map((each) => (
          <label key={each} class="check">
            <input type="radio" name="format" checked={format === each} onChange={() => setFormat(each)} />
            <span>{each === "pdf" ? "PDF" : "JSON"}</span>
          </label>
        ))}
      </fieldset>
    </Taking>
  );
}
