/** In the patient's panel and entry: all their phones and e-mails, and what is known of each. */

import { useEffect } from "preact/hooks";
import type { Patient } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import * as contacts from "../contacts.ts";
import { dialog } from "../store.ts";
import { about, certainty } from "../words/contacts.ts";
import { Icon } from "./icon.tsx";

export function Contacts({ patient }: { patient: Patient }) {
  const { id, rev } = patient;
  // Without them the panel shows the two that stand on the entry.
  useEffect(() => void contacts.load(id, rev).catch(() => undefined), [id, rev]);
  const all = contacts.of(id)?.contacts;
  if (!all) return <Meanwhile patient={patient} />;
  const add = () => {
    dialog.value = { name: "contact", patient: id, contact: null };
  };
  return (
    <section>
      <h3>Phones and e-mails</h3>
      {all.length === 0 && <p class="muted">None on file.</p>}
      <ul class="reach contacts">
        {all.map((each) => (
          <Line key={each.id} patient={id} contact={each} isAlone={isAlone(all, each)} />
        ))}
      </ul>
      <button type="button" class="link" onClick={add}>
        <Icon name="plus" size={14} /> Add a phone or e-mail…
      </button>
    </section>
  );
}

/** Until the rest is here. */
function Meanwhile({ patient: { phone, phone_display: display, email } }: { patient: Patient }) {
  return (
    <section>
      <h3>Phones and e-mails</h3>
      {!phone && !email && <p class="muted">None on file.</p>}
      <ul class="reach contacts">
        {phone && <First kind="phone" value={phone} display={display ?? phone} />}
        {email && <First kind="email" value={email} display={email} />}
      </ul>
    </section>
  );
}

function First({ kind, value, display }: Address) {
  return (
    <li class="can">
      <Icon name={kind === "phone" ? "phone" : "mail"} size={14} />
      <Where kind={kind} value={value} display={display} />
    </li>
  );
}

type Address = Pick<contacts.Contact, "kind" | "value" | "display">;

/** A phone can be called from here; an address may break after the @, not inside a word. */
function Where({ kind, value, display }: Address) {
  const [name, host] = display.split("@");
  if (kind === "phone") return <a href={`tel:${value}`}>{display}</a>;
  return (
    <bdi>
      {name}@<wbr />
      {host}
    </bdi>
  );
}

const isAlone = (all: contacts.Contact[], { kind }: contacts.Contact) =>
  all.filter((each) => each.kind === kind).length === 1;

function Line({ patient, contact, isAlone }: { patient: string; contact: contacts.Contact; isAlone: boolean }) {
  const { display } = contact;
  const change = () => {
    dialog.value = { name: "contact", patient, contact: contact.id };
  };
  return (
    <li class={contact.why ? "cannot" : "can"}>
      <Icon name={contact.kind === "phone" ? "phone" : "mail"} size={14} />
      <span>
        <Where {...contact} /> {contact.preferred && !isAlone && <em class="chip">Preferred</em>}
        <small>{about(contact)}</small>
        <small>{certainty(contact, clock.now.value)}</small>
        {contact.words && <small class="bad">Cannot be used: {contact.words}.</small>}
        {contact.shared && <small class="bad">Another patient has it too.</small>}
        <span class="acts">
          {!contact.preferred && (
            <button
              type="button"
              class="link"
              aria-label={`Make preferred: ${display}`}
              onClick={() => void contacts.prefer(patient, contact)}
            >
              Make preferred
            </button>
          )}
          {contact.paused && !contact.preferred && (
            <button
              type="button"
              class="link"
              aria-label={`Use again: ${display}`}
              onClick={() => void contacts.useAgain(patient, contact)}
            >
              Use again
            </button>
          )}
          <button type="button" class="link" aria-label={`Change ${display}`} onClick={change}>
            Change…
          </button>
        </span>
      </span>
    </li>
  );
}
