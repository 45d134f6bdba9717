/** What somebody typed who could not prove that they are the patient. One step away, because it invites mistakes. */

import { useEffect, useState } from "preact/hooks";
import type { IdentityTry } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import * as reads from "../reads.ts";
import { thread } from "../store.ts";
import { parts } from "../words/identity.ts";
import { birthday, sentence } from "../words/time.ts";
import { Modal } from "./modal.tsx";
import { Call } from "./standings.tsx";

type Shown = reads.Tries | "loading" | "failed";

export function TriesDialog({ task, onClose }: { task: string; onClose: () => void }) {
  const [shown, setShown] = useState<Shown>("loading");
  useEffect(() => {
    reads.tries(task).then(setShown, () => setShown("failed"));
  }, [task]);
  const patient = thread.value?.patient;
  return (
    <Modal title="What was typed" onClose={onClose}>
      <p class="warning" role="note">
        Anybody may have typed this. Before you change the record, call the patient and make sure.
        {patient && <Call patient={patient} />}
      </p>
      {shown === "loading" && <p class="muted">Loading…</p>}
      {shown === "failed" && <p role="alert">This did not load. Close it and try again.</p>}
      {typeof shown === "object" && <List shown={shown} />}
      <p class="muted">That you looked is recorded with your name and the time.</p>
      <footer>
        <button type="button" class="primary" onClick={onClose}>
          Close
        </button>
      </footer>
    </Modal>
  );
}

function List({ shown }: { shown: reads.Tries }) {
  return (
    <>
      <p>On file: {shown.on_file ? <strong>{birthday(shown.on_file)}</strong> : "no date of birth"}</p>
      {shown.tries.length === 0 && <p>Nothing was typed, or somebody has settled this already.</p>}
      <ol class="tries">
        {shown.tries.map((each) => (
          <Try key={each.at} each={each} />
        ))}
      </ol>
    </>
  );
}

function Try({ each }: { each: IdentityTry }) {
  const dates = each.dates.map(birthday).join(" or ") || "A date (shown for 30 days)";
  const typed = each.asked === "code" ? "A wrong code" : dates;
  return (
    <li>
      <strong>{typed}</strong>
      {each.proxy && <span> at the link of {each.proxy}</span>}
      {each.differs.length > 0 && <span> differs in {parts(each.differs)}</span>}
      <span class="muted"> {sentence(each.at, clock.now.value)}</span>
    </li>
  );
}
