/** What the clinic must not delete: its legal holds, for its admins. */

import { useState } from "preact/hooks";
import type { Hold, Patient } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import * as holds from "../holds.ts";
import { when } from "../words/time.ts";
import { useActs } from "./acts.tsx";
import { Closing } from "./closing.tsx";
import { Find } from "./find-patient.tsx";
import { useFirstFocus } from "./focus.ts";
import { Earlier, usePages } from "./pages.tsx";

export function AuditHolds() {
  const pages = usePages(async (before) => {
    const page = await holds.page(before);
    return { rows: page.holds, next: page.next };
  });
  const { found } = pages;
  const [isNew, setNew] = useState(false);
  const again = () => {
    setNew(false);
    pages.again();
  };
  if (!found) return <p class="muted">Loading…</p>;
  return (
    <>
      <p class="muted">What is on hold is not deleted, whatever else says so, until somebody here lifts it.</p>
      {isNew ? (
        <NewHold onEnd={again} />
      ) : (
        <p>
          <button type="button" onClick={() => setNew(true)}>
            Place a hold
          </button>
        </p>
      )}
      {found.rows.length === 0 && !isNew && <p>Nothing is on hold.</p>}
      <ul class="audit" aria-label="Legal holds">
        {found.rows.map((each) => (
          <One key={each.id} hold={each} onLifted={again} />
        ))}
      </ul>
      <Earlier pages={pages} />
    </>
  );
}

function One({ hold, onLifted }: { hold: Hold; onLifted: () => void }) {
  const [isLifting, setLifting] = useState(false);
  const whom = hold.patient?.name ?? "The whole clinic";
  return (
    <li>
      <p>
        <strong dir="auto">{whom}</strong>: <span dir="auto">{hold.reason}</span>{" "}
        <span class="muted">
          {hold.by.name}, {when(hold.at, clock.now.value)}
        </span>
      </p>
      {hold.lifted_at && (
        <p class="muted">
          Lifted by {hold.lifted_by?.name}, {when(hold.lifted_at, clock.now.value)}:{" "}
          <span dir="auto">{hold.lifted_why}</span>
        </p>
      )}
      {!hold.lifted_at && !isLifting && (
        <p>
          <button type="button" class="link" aria-label={`Lift the hold of ${whom}`} onClick={() => setLifting(true)}>
            Lift it…
          </button>
        </p>
      )}
      {!hold.lifted_at && isLifting && <Lift hold={hold} onLeave={() => setLifting(false)} onLifted={onLifted} />}
    </li>
  );
}

function Lift({ hold, onLeave, onLifted }: { hold: Hold; onLeave: () => void; onLifted: () => void }) {
  const acts = useActs();
  const form = useFirstFocus<HTMLFormElement>();
  const lift = (event: SubmitEvent) => {
    event.preventDefault();
    const why = String(new FormData(event.currentTarget as HTMLFormElement).get("why") ?? "");
    void acts.run(() => holds.lift(hold.id, why), onLifted);
  };
  return (
    <>
      {acts.said}
      <form ref={form} onSubmit={lift}>
        <label class="field">
          Why it may be lifted
          <input name="why" maxLength={500} required dir="auto" />
        </label>
        <Closing leave="Cancel" onLeave={onLeave}>
          Lift the hold
        </Closing>
      </form>
    </>
  );
}

/** Of a patient, or of everybody. */
function NewHold({ onEnd }: { onEnd: () => void }) {
  const acts = useActs();
  const [id] = useState(() => crypto.randomUUID());
  const [text, setText] = useState("");
  const [patient, setPatient] = useState<Patient | null>(null);
  const [isAll, setAll] = useState(false);
  const place = (event: SubmitEvent) => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget as HTMLFormElement).get("reason") ?? "");
    void acts.run(() => holds.place(id, isAll ? null : (patient?.id ?? null), reason), onEnd);
  };
  if (!patient && !isAll) {
    return (
      <>
        <Find text={text} onText={setText} onChoose={setPatient} />
        <p>
          <button type="button" class="link" onClick={() => setAll(true)}>
            Hold the whole clinic
          </button>{" "}
          <button type="button" class="link" onClick={onEnd}>
            Cancel
          </button>
        </p>
      </>
    );
  }
  return (
    <>
      {acts.said}
      <Why whom={isAll ? "the whole clinic" : (patient?.name ?? "")} onPlace={place} onLeave={onEnd} />
    </>
  );
}

interface WhyProps {
  whom: string;
  onPlace: (event: SubmitEvent) => void;
  onLeave: () => void;
}

function Why({ whom, onPlace, onLeave }: WhyProps) {
  const form = useFirstFocus<HTMLFormElement>();
  return (
    <form ref={form} onSubmit={onPlace}>
      <p>
        Nothing of <strong dir="auto">{whom}</strong> will be deleted.
      </p>
      <label class="field">
        Why, such as the number of the case
        <input name="reason" maxLength={500} required dir="auto" />
      </label>
      <Closing leave="Cancel" onLeave={onLeave}>
        Place the hold
      </Closing>
    </form>
  );
}
