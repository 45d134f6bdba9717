/** In the patient's panel: who may be the same person, and which entry was merged into this one. */

import { useEffect, useState } from "preact/hooks";
import type { Duplicate, SamePerson as Found, Merged } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import * as desk from "../merges.ts";
import { dialog } from "../store.ts";
import { mayManage } from "../tags.ts";
import { why } from "../words/merges.ts";
import { date } from "../words/time.ts";
import { marksOf } from "./find-patient.tsx";
import { Icon } from "./icon.tsx";

export function SamePerson({ patient, rev }: { patient: string; rev: number }) {
  const [found, setFound] = useState<Found | null>(null);
  const [times, setTimes] = useState(0);
  // A dialog may have settled it.
  const isFree = dialog.value === null;
  useEffect(() => {
    if (!isFree) return;
    let isOver = false;
    desk.of(patient).then(
      (now) => !isOver && setFound(now),
      // Without it the panel shows everything else.
      () => undefined,
    );
    return () => {
      isOver = true;
    };
  }, [patient, rev, times, isFree]);
  if (!found) return null;
  return (
    <>
      {found.duplicates.map((each) => (
        <Suggested key={each.patient.id} patient={patient} duplicate={each} />
      ))}
      {found.merges.map((each) => (
        <Once key={each.id} merged={each} onUndone={() => setTimes(times + 1)} />
      ))}
    </>
  );
}

function Suggested({ patient, duplicate: { patient: other, evidence } }: { patient: string; duplicate: Duplicate }) {
  const compare = () => {
    dialog.value = { name: "merge", kept: patient, other: other.id };
  };
  return (
    <p class="hint warn">
      <Icon name="team" size={14} />
      <span>
        May be the same person as <strong>{other.name}</strong> ({marksOf(other)}). {why(evidence)}{" "}
        {mayManage() ? (
          <button type="button" class="link" onClick={compare}>
            Compare…
          </button>
        ) : (
          "A supervisor can merge them."
        )}
      </span>
    </p>
  );
}

function Once({ merged, onUndone }: { merged: Merged; onUndone: () => void }) {
  const now = clock.now.value;
  return (
    <p class="hint">
      <Icon name="team" size={14} />
      <span>
        Another entry, {merged.name}, was merged into this one {date(merged.at, now)}
        {merged.by && ` by ${merged.by}`}.{" "}
        {mayManage() && (
          <button
            type="button"
            class="link"
            aria-label={`Undo the merge with ${merged.name}`}
            title={`Until ${date(merged.until, now)}. What was written since stays here.`}
            onClick={() => void desk.undo(merged.id).then(onUndone)}
          >
            Undo the merge
          </button>
        )}
      </span>
    </p>
  );
}
