/** Letting somebody act for the patient, changing what they may do, and ending it. */

import { useId, useState } from "preact/hooks";
import type { Patient } from "../../../realtime/client/wire.gen.ts";
import type { ProxyDetails, ProxyEnds } from "../actions.ts";
import { Refused } from "../http.ts";
import * as proxies from "../proxies.ts";
import { me, thread } from "../store.ts";
import { LANGUAGES } from "../words/languages.ts";
import { RELATIONS, WHYS } from "../words/proxies.ts";
import { inWords } from "../words/refusals.ts";
import { dateIn, instantOf } from "../words/zones.ts";
import { Closing } from "./closing.tsx";
import { useFirstFocus } from "./focus.ts";
import { Modal } from "./modal.tsx";
import { TeamScope } from "./proxy-scope.tsx";
import { Select } from "./select.tsx";

const zone = () => me.value?.organization.zone ?? "UTC";

interface DialogProps {
  conversation: string;
  proxy: string | null;
  onClose: () => void;
}

export function ProxyDialog({ conversation, proxy, onClose }: DialogProps) {
  const open = thread.value;
  if (open?.row.id !== conversation) return null;
  const known = open.patient.proxies?.find((each) => each.id === proxy) ?? null;
  const title = known ? known.name : `Who acts for ${open.patient.first_name || open.patient.name}?`;
  return (
    <Modal title={title} onClose={onClose}>
      <Form patient={open.patient} known={known} onClose={onClose} />
    </Modal>
  );
}

interface FormProps {
  patient: Patient;
  known: proxies.Acting | null;
  onClose: () => void;
}

function Form({ patient, known, onClose }: FormProps) {
  const [id] = useState(() => known?.id ?? crypto.randomUUID());
  const [details, setDetails] = useState<ProxyDetails>(known ? {} : { relation: "mother" });
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isBusy, setBusy] = useState(false);
  const form = useFirstFocus<HTMLFormElement>();
  const set = (change: ProxyDetails) => setDetails({ ...details, ...change });
  const save = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setRefused(null);
    try {
      await (known ? proxies.change(patient.id, id, details) : proxies.add(patient.id, id, details));
      onClose();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefused(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form ref={form} class="fields" onSubmit={(event) => void save(event)}>
      <Person known={known} details={details} onChange={set} />
      <Access known={known} details={details} onChange={set} />
      {refused && (
        <p class="hint bad" role="alert">
          {inWords(refused)}
        </p>
      )}
      <Closing leave="Cancel" onLeave={onClose} isDisabled={isBusy || Object.keys(details).length === 0}>
        {known ? "Save" : "Give access"}
      </Closing>
    </form>
  );
}

interface PartProps {
  known: proxies.Acting | null;
  details: ProxyDetails;
  onChange: (change: ProxyDetails) => void;
}

function Person({ known, details, onChange }: PartProps) {
  const text = (name: "name" | "phone" | "email" | "date_of_birth") => details[name] ?? known?.[name] ?? "";
  return (
    <>
      <Field label="Name" value={text("name")} isNeeded onValue={(name) => onChange({ name })} />
      <Select
        label="Relation to the patient"
        value={details.relation ?? known?.relation ?? "mother"}
        options={RELATIONS}
        onValue={(relation) => onChange({ relation: relation as proxies.Acting["relation"] })}
      />
      <Field
        label="Mobile phone"
        type="tel"
        value={text("phone")}
        onValue={(phone) => onChange({ phone: phone || null })}
      />
      <Field
        label="E-mail"
        type="email"
        value={text("email")}
        onValue={(email) => onChange({ email: email || null })}
      />
      <Field
        label="Date of birth"
        type="date"
        value={text("date_of_birth")}
        onValue={(born) => onChange({ date_of_birth: born || null })}
      />
      <Select
        label="Language"
        value={details.language ?? known?.language ?? "en"}
        options={LANGUAGES}
        onValue={(language) => onChange({ language })}
      />
      <p class="muted wide">
        They prove who they are with their own date of birth, or with a code to their own contact.
      </p>
    </>
  );
}

function Access({ known, details, onChange }: PartProps) {
  const dayOf = (instant: string | null | undefined) => (instant ? dateIn(zone(), Date.parse(instant)) : "");
  const at = (date: string, time: string) => (date ? new Date(instantOf(date, time, zone())).toISOString() : null);
  const ends = details.ends_at === undefined ? known?.ends_at : details.ends_at;
  const review = details.review_at === undefined ? known?.review_at : details.review_at;
  return (
    <>
      <TeamScope
        chosen={details.teams === undefined ? (known?.teams ?? null) : details.teams}
        onChange={(teams) => onChange({ teams })}
      />
      <Field
        label="Last day of access"
        type="date"
        value={dayOf(ends)}
        onValue={(day) => onChange({ ends_at: at(day, "23:59") })}
      />
      <Field
        label="Review on"
        type="date"
        value={dayOf(review)}
        onValue={(day) => onChange({ review_at: at(day, "00:00") })}
      />
      <label class="check wide">
        <input
          type="checkbox"
          checked={details.notices ?? known?.notices ?? true}
          onChange={(event) => onChange({ notices: event.currentTarget.checked })}
        />
        <span>
          Tell them of new messages
          <small>A notice with their own link. It says nothing about health.</small>
        </span>
      </label>
    </>
  );
}

interface FieldProps {
  label: string;
  value: string;
  type?: "text" | "tel" | "email" | "date";
  isNeeded?: boolean;
  onValue: (value: string) => void;
}

function Field({ label, value, type = "text", isNeeded = false, onValue }: FieldProps) {
  const id = useId();
  const shared = {
    id,
    value,
    required: isNeeded,
    autocomplete: "off",
    onInput: (event: { currentTarget: HTMLInputElement }) => onValue(event.currentTarget.value),
  } as const;
  return (
    <label class="field" for={id}>
      {label}
      {type === "date" ? <input {...shared} type="date" /> : <input {...shared} type="text" inputMode={type} />}
    </label>
  );
}

/** Asked once, with the reason that goes on record. */
export function EndProxyDialog({ conversation, proxy, onClose }: DialogProps) {
  const [why, setWhy] = useState<ProxyEnds>("asked");
  const [isBusy, setBusy] = useState(false);
  const open = thread.value;
  const known = open?.patient.proxies?.find((each) => each.id === proxy);
  if (open?.row.id !== conversation || !known) return null;
  const finish = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    const isDone = await proxies.end(open.patient.id, known.id, why);
    setBusy(false);
    if (isDone) onClose();
  };
  return (
    <Modal title={`End the access of ${known.name}?`} onClose={onClose}>
      <form onSubmit={(event) => void finish(event)}>
        <Select label="Why" value={why} options={WHYS} onValue={(reason) => setWhy(reason as ProxyEnds)} />
        <p class="muted">Their links and open pages end at once. What they wrote and read stays on record.</p>
        <Closing onLeave={onClose} isDisabled={isBusy}>
          End access
        </Closing>
      </form>
    </Modal>
  );
}
