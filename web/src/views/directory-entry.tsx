/** One entry of the directory: who the patient is, how they can be reached, and where they write. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Patient } from "../../../realtime/client/wire.gen.ts";
import * as directories from "../directory.ts";
import { entry, heard } from "../directory-place.ts";
import { Refused } from "../http.ts";
import * as reads from "../reads.ts";
import { dialog, me, teamOf } from "../store.ts";
import * as threads from "../threads.ts";
import { Avatar } from "./avatar.tsx";
import type { Beside } from "./beside.ts";
import { Consents } from "./consents.tsx";
import { Contacts } from "./contacts.tsx";
import { Icon } from "./icon.tsx";
import { Details, Doubts, PrivateMode, SeenBy, Sorting } from "./patient-panel.tsx";
import { PatientStates } from "./patient-states.tsx";
import { Proxies } from "./proxies.tsx";
import { Reach } from "./reach.tsx";

const close = () => directories.show({ patient: null });

export function EntryPane({ id }: { id: string | null }) {
  const { why, load } = useEntry(id);
  const patient = entry.value;
  if (id === null) return <Nothing />;
  if (patient?.id === id) return <Entry key={id} patient={patient} />;
  return (
    <section class="entry empty" aria-label="Patient">
      {why === null && <p role="status">Loading…</p>}
      {why === "gone" && <p role="alert">There is no such patient any more.</p>}
      {why === "failed" && <p role="alert">The entry did not load.</p>}
      {why && (
        <button type="button" onClick={why === "gone" ? close : () => void load()}>
          {why === "gone" ? "Back to the list" : "Try again"}
        </button>
      )}
    </section>
  );
}

/** Asked when it is opened, and again when the wire says that it has changed. */
function useEntry(id: string | null) {
  const [why, setWhy] = useState<"gone" | "failed" | null>(null);
  const load = async () => {
    if (id === null) return;
    setWhy(null);
    try {
      const patient = await reads.patient(id);
      entry.value = patient;
    } catch (error) {
      setWhy(error instanceof Refused && error.status === 404 ? "gone" : "failed");
    }
  };
  const { patient, count } = heard.value;
  const known = useRef(count);
  useEffect(() => void (entry.peek()?.id !== id && load()), [id]);
  useEffect(() => void (count !== known.current && patient === id && load()), [count]);
  return { why, load };
}

function Nothing() {
  return (
    <section class="entry empty" aria-label="Patient">
      <p class="muted">Choose a patient to see their entry.</p>
    </section>
  );
}

function Entry({ patient }: { patient: Patient }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const beside: Beside = { patient, row: null };
  const mayWrite = me.value?.teams.some((team) => team.is_member) ?? false;
  return (
    <section class="entry" aria-label={patient.name}>
      <header>
        <button type="button" class="icon-button back" aria-label="Back to the list" onClick={close}>
          <Icon name="back" size={20} />
        </button>
        <Avatar id={patient.id} initials={patient.initials} size="large" />
        <h2 tabIndex={-1} ref={heading} dir="auto">
          {patient.name}
        </h2>
        <div class="acts">
          {mayWrite && (
            <button type="button" id="entry-write" class="primary" onClick={() => void directories.write(patient)}>
              <Icon name="chat" /> Write <kbd>R</kbd>
            </button>
          )}
          <button type="button" onClick={() => (dialog.value = { name: "edit", patient: patient.id })}>
            <Icon name="edit" /> Edit
          </button>
          <button type="button" onClick={() => (dialog.value = { name: "export-record", patient })}>
            <Icon name="arrow-down" /> Export
          </button>
        </div>
      </header>
      <Doubts patient={patient} />
      <SeenBy patient={patient} />
      <Details patient={patient} />
      <Contacts patient={patient} />
      <PrivateMode patient={patient} />
      <Reach open={beside} mayAct={mayWrite} />
      <Conversations patient={patient} />
      <Proxies open={beside} mayAct={false} />
      <Consents open={beside} mayAct={false} />
      <Sorting patient={patient} />
      <PatientStates patient={patient} />
      <p class="muted small">Consents, wishes to stop and family are changed beside a conversation.</p>
    </section>
  );
}

/** Those of the teams whose inbox the reader may open; of others nothing is said, not even that there are any. */
function Conversations({ patient }: { patient: Patient }) {
  return (
    <section>
      <h3>Conversations</h3>
      {patient.conversations.length === 0 && <p class="muted">None in your teams yet.</p>}
      <ul class="elsewhere">
        {patient.conversations.map((each) => (
          <li key={each.id}>
            <button type="button" class="link" onClick={() => void threads.open(each.id)}>
              <Icon name="chat" size={14} /> {teamOf(each.team)?.name ?? "Another team"}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
