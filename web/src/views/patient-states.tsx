/** In an entry of the directory: putting a patient away and bringing them back, and saying that they have died. */

import type { Patient } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import * as states from "../patient-states.ts";
import { dialog } from "../store.ts";
import { date } from "../words/time.ts";
import { Closing } from "./closing.tsx";
import { useFirstFocus } from "./focus.ts";
import { Modal } from "./modal.tsx";

export function PatientStates({ patient }: { patient: Patient }) {
  return (
    <section>
      <h3>Entry</h3>
      {patient.archived_at && (
        <p class="muted">
          Archived {date(patient.archived_at, clock.now.value)}: in no list, until they write or somebody restores them.
        </p>
      )}
      <div class="acts">
        {patient.archived_at ? (
          <button type="button" onClick={() => void states.restore(patient.id)}>
            Restore
          </button>
        ) : (
          <button type="button" onClick={() => void states.archive(patient)}>
            Archive
          </button>
        )}
        {patient.deceased_at ? (
          <button type="button" onClick={() => void states.unmarkDeceased(patient.id)}>
            Not deceased: it was a mistake
          </button>
        ) : (
          <button type="button" onClick={() => (dialog.value = { name: "deceased", patient })}>
            Mark as deceased…
          </button>
        )}
      </div>
    </section>
  );
}

export function DeceasedDialog({ patient, onClose }: { patient: Patient; onClose: () => void }) {
  const box = useFirstFocus<HTMLDivElement>();
  const mark = async () => {
    if (await states.markDeceased(patient.id)) onClose();
  };
  return (
    <Modal title={`Mark ${patient.name} as deceased?`} onClose={onClose}>
      <div ref={box}>
        <p>
          What waits to go to them is stopped now. Reminders, messages for later and questions to their phone end, and
          nothing goes to them by itself any more.
        </p>
        <p>
          Conversations stay, and what somebody writes by hand is still sent. If it was a mistake, take it back here.
        </p>
        <Closing onLeave={onClose} onAct={() => void mark()}>
          Mark as deceased
        </Closing>
      </div>
    </Modal>
  );
}
