/** Every emergency access of the clinic, for its admins. */

import { useEffect, useState } from "preact/hooks";
import type { Glass } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import * as emergency from "../emergency.ts";
import { when } from "../words/time.ts";

export function AuditEmergency() {
  const [found, setFound] = useState<readonly Glass[] | null>(null);
  const load = () => void emergency.all().then(setFound);
  useEffect(load, []);
  if (!found) return <p class="muted">Loading…</p>;
  if (found.length === 0) return <p>Nobody has used emergency access.</p>;
  return (
    <ul class="audit">
      {found.map((each) => (
        <li key={each.id}>
          <p>
            <strong>{each.by.name}</strong> read everything of <strong>{each.name || "a patient"}</strong>, {span(each)}
            .
            {each.lasts && (
              <>
                {" "}
                <button type="button" class="link" onClick={() => void emergency.end(each.id).then(load)}>
                  End it now
                </button>
              </>
            )}
          </p>
          <p class="muted" dir="auto">
            “{each.reason}”
          </p>
        </li>
      ))}
    </ul>
  );
}

const span = ({ began_at, ends_at }: Glass) =>
  `${when(began_at, clock.now.value)} to ${when(ends_at, clock.now.value)}`;
