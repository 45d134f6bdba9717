/** Emergency access: the way in, the dialog, and the line that stands there while it lasts. */

import { useEffect, useState } from "preact/hooks";
import type { Beside, Patient } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import * as emergency from "../emergency.ts";
import * as exports from "../exports.ts";
import { ask, Refused } from "../http.ts";
import { dialog, teamOf } from "../store.ts";
import { inWords } from "../words/refusals.ts";
import { when } from "../words/time.ts";
import { Closing } from "./closing.tsx";
import { proofOf, Secret } from "./export-dialog.tsx";
import { Icon } from "./icon.tsx";
import { Modal } from "./modal.tsx";

type Whom = Pick<Patient, "id" | "name">;

const lasting = (patient?: string) =>
  emergency.mine.value.filter(
    (each) => Date.parse(each.ends_at) > clock.now.value && (patient === undefined || each.patient === patient),
  );

export function EmergencyLink({ patient }: { patient: Whom }) {
  const { id, name } = patient;
  return (
    <button type="button" class="link" onClick={() => (dialog.value = { name: "emergency", patient: { id, name } })}>
      <Icon name="unlock" size={14} /> Emergency access…
    </button>
  );
}

/** Over everything, as long as it lasts. */
export function EmergencyBanner() {
  useEffect(() => void emergency.load().catch(() => undefined), []);
  const [glass] = lasting();
  if (!glass) return null;
  const patient = { id: glass.patient, name: glass.name };
  return (
    <div class="lock-warning emergency" role="status">
      <Icon name="unlock" />
      <span>
        You read everything of {glass.name} until {when(glass.ends_at, clock.now.value)}.{" "}
        <small>Your administrators know.</small>
      </span>
      <button type="button" onClick={() => (dialog.value = { name: "emergency", patient })}>
        Open
      </button>
      <button type="button" onClick={() => void emergency.end(glass.id)}>
        End now
      </button>
    </div>
  );
}

export function EmergencyDialog({ patient, onClose }: { patient: Whom; onClose: () => void }) {
  const [glass] = lasting(patient.id);
  return (
    <Modal title={`Emergency access to ${patient.name}`} onClose={onClose}>
      {glass ? (
        <>
          <Conversations patient={patient.id} />
          <footer>
            <button type="button" class="primary" onClick={onClose}>
              Close
            </button>
          </footer>
        </>
      ) : (
        <Taking patient={patient} onClose={onClose} />
      )}
    </Modal>
  );
}

function Taking({ patient, onClose }: { patient: Whom; onClose: () => void }) {
  const [mustProve, setMustProve] = useState(false);
  const [said, setSaid] = useState("");
  const take = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string) => String(form.get(name) ?? "");
    setSaid("");
    try {
      if (mustProve) await exports.prove(proofOf(text("secret")));
      await emergency.take(patient.id, text("reason"), Number(text("minutes")));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.code === "prove_again") setMustProve(true);
      else setSaid(error.code === "wrong_sign_in" ? error.detail : inWords(error));
    }
  };
  return (
    <form onSubmit={(event) => void take(event)}>
      <p>
        You will read all conversations with this patient, of every team, also sensitive ones. You cannot write in them.
        Your administrators are told at once, and everything that you open is recorded.
      </p>
      <label class="field">
        Why must you read this now?
        <textarea name="reason" rows={3} required minLength={10} maxLength={300} />
      </label>
      <label class="field">
        For how long
        <select name="minutes">
          <option value="15">15 minutes</option>
          <option value="30">30 minutes</option>
          <option value="60">1 hour</option>
        </select>
      </label>
      {mustProve && <Secret />}
      {said && (
        <p class="hint bad" role="alert">
          {said}
        </p>
      )}
      <Closing onLeave={onClose} isDisabled={false}>
        {mustProve ? "Continue" : "Take emergency access"}
      </Closing>
    </form>
  );
}

function Conversations({ patient }: { patient: string }) {
  const [found, setFound] = useState<readonly Beside[] | null>(null);
  useEffect(() => {
    const asked = ask<{ conversations: Beside[] }>("GET", `/patients/${patient}/conversations`);
    void asked.then(({ conversations }) => setFound(conversations)).catch(() => setFound([]));
  }, [patient]);
  if (!found) return <p class="muted">Loading the conversations…</p>;
  if (found.length === 0) return <p>There is no conversation with this patient.</p>;
  return (
    <ul class="plain">
      {found.map((each) => (
        <li key={each.id}>
          <button
            type="button"
            class="document"
            onClick={() => (dialog.value = { name: "beside", conversation: each.id })}
          >
            <span class="grow">
              <span class="file-name">{teamOf(each.team)?.name ?? "Another team"}</span>
              <span class="muted">{each.line}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
