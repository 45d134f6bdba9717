/** The frame beside the conversation: whose it is, at once; the rest of it a frame later, and after the first view. */

import { useEffect, useState } from "preact/hooks";
import { latePanel } from "../parts.ts";
import type { ThreadState } from "../state/thread.ts";
import { dialog, panelOpen } from "../store.ts";
import { Avatar } from "./avatar.tsx";
import { Icon } from "./icon.tsx";

export function Panel({ open }: { open: ThreadState }) {
  const { patient, row } = open;
  // The conversation comes first; the rest of the panel a frame later, never beside somebody else's.
  const [shown, setShown] = useState<string | null>(null);
  useEffect(() => setShown(row.id), [row.id]);
  return (
    <aside class="panel" aria-label="Patient">
      <header>
        <Avatar id={patient.id} initials={patient.initials} size="large" />
        <h2>{patient.name}</h2>
        <button type="button" class="link" onClick={() => (dialog.value = { name: "edit", patient: patient.id })}>
          <Icon name="edit" size={14} /> Edit
        </button>
        <button
          type="button"
          class="icon-button close"
          aria-label="Hide the patient"
          onClick={() => (panelOpen.value = false)}
        >
          <Icon name="close" />
        </button>
      </header>
      {shown === row.id && <Details open={open} />}
    </aside>
  );
}

function Details({ open }: { open: ThreadState }) {
  const here = latePanel.here.value;
  useEffect(() => void latePanel.load(), []);
  if (here) return <here.PatientDetails open={open} />;
  if (!latePanel.failed.value) return null;
  return (
    <p role="alert">
      The rest of this did not load.{" "}
      <button type="button" class="link" onClick={() => void latePanel.load()}>
        Try again
      </button>
    </p>
  );
}
