/** Beside the conversation: who the patient is, how they can be reached, and where else they write. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Patient } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import type { ThreadState } from "../state/thread.ts";
import { panelOpen, teamOf, toast } from "../store.ts";
import * as threads from "../threads.ts";
import { birthday, sentence } from "../words/time.ts";
import { ORDER, obstacle, WAYS } from "../words/ways.ts";
import { Avatar } from "./avatar.tsx";
import { Icon } from "./icon.tsx";

const languages = new Intl.DisplayNames(["en"], { type: "language", fallback: "code" });

export function PatientPanel({ open }: { open: ThreadState }) {
  const { patient } = open;
  return (
    <aside class="panel" aria-label="Patient">
      <header>
        <Avatar id={patient.id} initials={patient.initials} size="large" />
        <h2>{patient.name}</h2>
        <button
          type="button"
          class="icon-button close"
          aria-label="Hide the patient"
          onClick={() => (panelOpen.value = false)}
        >
          <Icon name="close" />
        </button>
      </header>
      {patient.incomplete && (
        <p class="hint warn">
          <Icon name="alert" size={14} /> This entry is not complete.
        </p>
      )}
      {patient.shared_phone && (
        <p class="hint warn">
          <Icon name="alert" size={14} /> Several patients share this phone.
        </p>
      )}
      <Details key={patient.id} patient={patient} />
      <Ways patient={patient} />
      <Elsewhere open={open} />
    </aside>
  );
}

function Details({ patient }: { patient: Patient }) {
  const prefers = patient.prefers === "email" ? "E-mail" : patient.prefers === "sms" ? "Text" : null;
  return (
    <dl>
      <Item name="Born">{patient.date_of_birth && <Birthday born={patient.date_of_birth} />}</Item>
      <Item name="MRN">{patient.mrn && <Copy text={patient.mrn} />}</Item>
      <Item name="Phone">{patient.phone_display && <a href={`tel:${patient.phone}`}>{patient.phone_display}</a>}</Item>
      <Item name="E-mail">{patient.email && <Email address={patient.email} />}</Item>
      <Item name="Language">{patient.language && languages.of(patient.language)}</Item>
      {prefers && <Item name="Prefers">{prefers}</Item>}
    </dl>
  );
}

/** May break after the @, not inside a word. */
function Email({ address }: { address: string }) {
  const [name, host] = address.split("@");
  return (
    <span>
      {name}@<wbr />
      {host}
    </span>
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

function Ways({ patient }: { patient: Patient }) {
  return (
    <section>
      <h3>Can be reached by</h3>
      <ul class="reach">
        {ORDER.map((via) => {
          const way = patient.ways[via];
          return (
            <li key={via} class={way.can ? "can" : "cannot"}>
              <Icon name={way.can ? "check" : "close"} size={14} />
              <span>
                {WAYS[via].name}
                {!way.can && <small>{obstacle(way.why)}</small>}
              </span>
            </li>
          );
        })}
      </ul>
      {patient.consents.map((consent) => (
        <p key={consent.at} class="muted consent" title={consent.wording}>
          Agreed to plain texts {sentence(consent.at, clock.now.value)}, recorded by {consent.by}.
        </p>
      ))}
    </section>
  );
}

function Elsewhere({ open }: { open: ThreadState }) {
  const others = open.patient.conversations.filter((each) => each.id !== open.row.id);
  if (others.length === 0) return null;
  return (
    <section>
      <h3>Other conversations</h3>
      <ul class="elsewhere">
        {others.map((each) => (
          <li key={each.id}>
            <button type="button" class="link" onClick={() => void threads.open(each.id)}>
              {teamOf(each.team)?.name ?? "Another team"}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
