/** A conversation as a file for the chart, a patient's record, or the whole directory. Whoever signed in some time ago proves first that it is them. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Patient } from "../../../realtime/client/wire.gen.ts";
import type { Format, Proof } from "../exports.ts";
import * as exports from "../exports.ts";
import { Refused } from "../http.ts";
import * as passkeys from "../passkeys.ts";
import { thread, toast } from "../store.ts";
import { inWords } from "../words/refusals.ts";
import { Closing } from "./closing.tsx";
import { Modal } from "./modal.tsx";

const NAMES = {
  pdf: { name: "PDF", detail: "to read, print or file" },
  json: { name: "JSON", detail: "for another program; the whole content, in every script" },
} as const;

interface ExportDialogProps {
  conversation: string;
  onClose: () => void;
}

export function ExportDialog({ conversation, onClose }: ExportDialogProps) {
  const open = thread.value;
  const [format, setFormat] = useState<Format>("pdf");
  if (open?.row.id !== conversation) return null;
  return (
    <Taking
      title="Export for the chart"
      save={() => exports.save(conversation, format)}
      warning="The file is private: keep it in the chart only."
      onClose={onClose}
    >
      <p>All messages with {open.patient.name}, with how each was delivered and when it was viewed.</p>
      <Formats format={format} onChoose={setFormat} />
    </Taking>
  );
}

interface RecordExportDialogProps {
  patient: Patient;
  onClose: () => void;
}

export function RecordExportDialog({ patient, onClose }: RecordExportDialogProps) {
  const [format, setFormat] = useState<Format>("pdf");
  return (
    <Taking
      title="Export the patient’s record"
      save={() => exports.saveRecord(patient.id, format)}
      warning="The file is private: give it to the patient, or keep it in the chart only."
      onClose={onClose}
    >
      <p>
        What is on file of {patient.name}: contacts, consents, who acts for them, and every conversation that you may
        read, with how each message was delivered and when it was viewed.
      </p>
      <Formats format={format} onChoose={setFormat} />
    </Taking>
  );
}

function Formats({ format, onChoose }: { format: Format; onChoose: (format: Format) => void }) {
  return (
    <fieldset class="choices">
      <legend class="hidden">As</legend>
      {(["pdf", "json"] as const).map((each) => (
        <label key={each} class="check">
          <input type="radio" name="format" checked={format === each} onChange={() => onChoose(each)} />
          <span>
            {NAMES[each].name}
            <small>{NAMES[each].detail}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** Everybody in the clinic's directory, for who manages it. */
export function DirectoryExportDialog({ onClose }: { onClose: () => void }) {
  return (
    <Taking
      title="Export the directory"
      save={exports.saveDirectory}
      warning="The file names every patient: keep it where only you can read it, and delete it when you are done."
      onClose={onClose}
    >
      <p>
        Every patient of your clinic with name, date of birth, MRN, phone and e-mail, as a table (CSV) that a
        spreadsheet opens and that can be imported again.
      </p>
    </Taking>
  );
}

interface TakingProps {
  title: string;
  /** Raises `Refused`. */
  save: () => Promise<void>;
  warning: string;
  onClose: () => void;
  children: ComponentChildren;
}

/** Asks once more who is there, where that must be, then takes the file. */
export function Taking({ title, save, warning, onClose, children }: TakingProps) {
  const [mustProve, setMustProve] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isBusy, setBusy] = useState(false);
  const take = async (event: SubmitEvent) => {
    event.preventDefault();
    const secret = String(new FormData(event.currentTarget as HTMLFormElement).get("secret") ?? "");
    setBusy(true);
    setRefused(null);
    try {
      if (mustProve) await exports.prove(proofOf(secret));
      setMustProve(false);
      await save();
      onClose();
      toast("Saved to your downloads");
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.code === "prove_again") setMustProve(true);
      else setRefused(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal title={title} onClose={onClose}>
      <form onSubmit={(event) => void take(event)}>
        {children}
        {mustProve && <Secret />}
        {refused && (
          <p class="hint bad" role="alert">
            {refused.code === "wrong_sign_in" ? refused.detail : inWords(refused)}
          </p>
        )}
        <p class="muted">This is recorded with your name and the time. {warning}</p>
        <Closing onLeave={onClose} isDisabled={isBusy}>
          {isBusy ? "Making the file…" : mustProve ? "Continue" : "Export"}
        </Closing>
      </form>
    </Modal>
  );
}

/** A code is six digits; no password is so short. Nothing where a passkey has proven it. */
export function proofOf(secret: string): Proof | null {
  if (!secret) return null;
  const code = secret.replaceAll(" ", "");
  return /^\d{6}$/.test(code) ? { code } : { password: secret };
}

/** `hasOwnKey`: the form offers the passkey itself. Else it proves who is there, and sends the form that it stands in. */
export function Secret({ hasOwnKey = false }: { hasOwnKey?: boolean }) {
  const field = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState("");
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  const useKey = async () => {
    setSaid("");
    try {
      await passkeys.prove();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return setSaid(`${inWords(error)}.`);
    }
    if (!field.current) return;
    field.current.required = false;
    field.current.value = "";
    field.current.form?.requestSubmit();
    field.current.required = true;
  };
  return (
    <>
      <label class="field">
        You signed in a while ago. Your password, or a code from your authenticator
        <input name="secret" type="password" autocomplete="current-password" required ref={field} />
      </label>
      {said && (
        <p class="hint bad" role="alert">
          {said}
        </p>
      )}
      {!hasOwnKey && passkeys.isOffered() && (
        <p>
          <button type="button" class="link" onClick={() => void useKey()}>
            Use a passkey
          </button>
        </p>
      )}
    </>
  );
}
