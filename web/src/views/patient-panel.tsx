/** Beside the conversation: who the patient is, how they can be reached, and where else they write. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Patient } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import * as entries from "../entries.ts";
import * as previews from "../previews.ts";
import * as reads from "../reads.ts";
import type { ThreadState } from "../state/thread.ts";
import { dialog, me, teamOf, toast } from "../store.ts";
import { languageName } from "../words/languages.ts";
import { deceased, isShared, missing } from "../words/patients.ts";
import { birthday } from "../words/time.ts";
import { clockIn, nameOfZone } from "../words/zones.ts";
import { Choices } from "./choices.tsx";
import { Consents } from "./consents.tsx";
import { Contacts } from "./contacts.tsx";
import { EmergencyLink } from "./emergency.tsx";
import { GroupChips } from "./group-chips.tsx";
import { Icon } from "./icon.tsx";
import { Others } from "./others.tsx";
import { PatientFiles } from "./patient-files.tsx";
import { PatientTags } from "./patient-tags.tsx";
import { Proxies } from "./proxies.tsx";
import { Reach } from "./reach.tsx";
import { SamePerson } from "./same-person.tsx";
import { SensitiveLine } from "./sensitive.tsx";
import { PanelWait } from "./waits.tsx";

export { Laters } from "./laters.tsx";
export { ToPicker } from "./to-picker.tsx";

export function PatientDetails({ open }: { open: ThreadState }) {
  const { patient, row } = open;
  const mayAct = teamOf(row.team)?.is_member !== false;
  return (
    <>
      <PanelWait row={row} />
      <Doubts patient={patient} />
      <SamePerson key={patient.id} patient={patient.id} rev={patient.rev} />
      <p class="view-as">
        <a class="link" href={reads.previewAddress(row.id)} target="_blank" rel="noopener" onClick={previews.open}>
          <Icon name="eye" size={14} /> View as patient<span class="hidden">, in a new tab</span>
        </a>
        <SeenBy patient={patient} />
      </p>
      <SensitiveLine row={row} mayAct={mayAct} />
      <Details key={patient.id} patient={patient} />
      <Contacts patient={patient} />
      <PrivateMode patient={patient} />
      <Reach open={open} mayAct={mayAct} />
      <Proxies open={open} mayAct={mayAct} />
      <Consents open={open} mayAct={mayAct} />
      <Sorting key={patient.id} patient={patient} />
      <PatientFiles open={open} />
      <Others open={open} />
    </>
  );
}

/** Emergency access and, for who answers for the clinic, one press to everybody who saw something of them. */
export function SeenBy({ patient }: { patient: Patient }) {
  if (me.value?.user.role !== "admin") return <EmergencyLink patient={patient} />;
  const { id, name } = patient;
  return (
    <>
      <EmergencyLink patient={patient} />
      <button type="button" class="link" onClick={() => (dialog.value = { name: "audit", patient: { id, name } })}>
        <Icon name="search" size={14} /> Who saw this patient
      </button>
    </>
  );
}

/** By what the clinic finds them again, and writes to them at once. */
export function Sorting({ patient }: { patient: Patient }) {
  return (
    <>
      <PatientTags patient={patient.id} rev={patient.rev} />
      <GroupChips patient={patient.id} />
    </>
  );
}

/** What to mind about an entry. */
export function Doubts({ patient }: { patient: Patient }) {
  return (
    <>
      {patient.deceased_at && (
        <p class="hint warn">
          <Icon name="alert" size={14} /> {deceased(patient, clock.now.value)} Only what somebody writes by hand goes to
          them.
        </p>
      )}
      {patient.incomplete && (
        <p class="hint warn">
          <Icon name="alert" size={14} /> This entry is not complete. {missing(patient)}
        </p>
      )}
      {isShared(patient) && (
        <p class="hint warn">
          <Icon name="alert" size={14} />{" "}
          {patient.shared_phone ? "Several patients share this phone." : "Who acts for them has the same phone."}
        </p>
      )}
    </>
  );
}

export function Details({ patient }: { patient: Patient }) {
  const prefers = patient.prefers === "email" ? "E-mail" : patient.prefers === "sms" ? "Text" : null;
  const now = clock.now.value;
  return (
    <dl>
      <Item name="Born">{patient.date_of_birth && <Birthday born={patient.date_of_birth} />}</Item>
      <Item name="MRN">{patient.mrn && <Copy text={patient.mrn} />}</Item>
      <Item name="Language">{patient.language && languageName(patient.language)}</Item>
      {prefers && <Item name="Prefers">{prefers}</Item>}
      <Item name="Their time">
        <span class="figures" title={patient.zone}>
          {clockIn(patient.zone, now)} · {nameOfZone(patient.zone, now)}
        </span>
      </Item>
      <Choices patient={patient} />
    </dl>
  );
}

function Item({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children || <span class="muted">not on file</span>}</dd>
    </>
  );
}

/** Hidden until asked for: front desks have people on the other side. */
function Birthday({ born }: { born: string }) {
  const [isShown, setShown] = useState(false);
  return (
    <>
      <span class="figures">{isShown ? birthday(born) : `••/••/${born.slice(0, 4)}`}</span>
      <button type="button" class="link" onClick={() => setShown(!isShown)}>
        {isShown ? "Hide" : "Show"}
      </button>
    </>
  );
}

function Copy({ text }: { text: string }) {
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    toast("Copied");
  };
  return (
    <>
      <span class="figures">{text}</span>
      <button type="button" class="icon-button tiny" aria-label="Copy the MRN" onClick={() => void copy()}>
        <Icon name="copy" size={14} />
      </button>
    </>
  );
}

/** The directory belongs to the whole clinic, so anybody who may see the entry may set it. */
export function PrivateMode({ patient }: { patient: Patient }) {
  return (
    <label class="check private-mode">
      <input
        type="checkbox"
        checked={patient.private_mode}
        onChange={(event) => {
          const box = event.currentTarget;
          void entries.setPrivateMode(patient.id, box.checked).then((isDone) => {
            if (!isDone) box.checked = patient.private_mode;
          });
        }}
      />
      <span>
        Private mode
        <small>Texts and e-mails do not name the clinic.</small>
      </span>
    </label>
  );
}
