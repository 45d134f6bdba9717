/** How long the clinic keeps its conversations, and which are gone, for its admins. */

import { useEffect, useState } from "preact/hooks";
import type { GoneConversation, Keeping } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import * as keeping from "../keeping.ts";
import { toast } from "../store.ts";
import { when } from "../words/time.ts";
import { useActs } from "./acts.tsx";
import { Earlier, usePages } from "./pages.tsx";

export function AuditKeeping() {
  const [rule, setRule] = useState<Keeping | null>(null);
  const pages = usePages(async (before) => {
    const page = await keeping.gone(before);
    return { rows: page.conversations, next: page.next };
  });
  const { found } = pages;
  useEffect(() => void keeping.rule().then(setRule), []);
  if (!rule || !found) return <p class="muted">Loading…</p>;
  return (
    <>
      <Rule key={`${rule.years}`} rule={rule} onSet={setRule} />
      <h3>Deleted so far</h3>
      {found.rows.length === 0 && <p>No conversation.</p>}
      <ul class="audit" aria-label="Deleted conversations">
        {found.rows.map((each) => (
          <li key={each.id}>
            <p>
              <strong dir="auto">{each.patient.name}</strong>, {each.team}: {holding(each)}{" "}
              <span class="muted">{when(each.at, clock.now.value)}</span>
            </p>
          </li>
        ))}
      </ul>
      <Earlier pages={pages} />
    </>
  );
}

/** "12 messages from 2018 to 2019, 2 notes, 1 file" */
function holding({ messages, notes, files, first_at, last_at }: GoneConversation): string {
  const years = [first_at?.slice(0, 4), last_at?.slice(0, 4)].filter(Boolean);
  const span = years.length ? (years[0] === years[1] ? ` of ${years[0]}` : ` from ${years[0]} to ${years[1]}`) : "";
  return [`${many(messages, "message")}${span}`, notes && many(notes, "note"), files && many(files, "file")]
    .filter(Boolean)
    .join(", ");
}

const many = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;

function Rule({ rule, onSet }: { rule: Keeping; onSet: (rule: Keeping) => void }) {
  const acts = useActs();
  const [isEver, setEver] = useState(rule.years === null);
  const [years, setYears] = useState(rule.years ?? 10);
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    void acts.run(
      async () => onSet(await keeping.setYears(isEver ? null : years)),
      () => toast("Saved"),
    );
  };
  const chosen = isEver ? null : years;
  return (
    <>
      {acts.said}
      <form onSubmit={save}>
        <label class="field">
          Conversations are kept
          <select value={isEver ? "ever" : "years"} onChange={(event) => setEver(event.currentTarget.value === "ever")}>
            <option value="ever">for ever</option>
            <option value="years">for some years after the last thing in them</option>
          </select>
        </label>
        {!isEver && (
          <label class="field">
            Years
            <input
              type="number"
              min={keeping.LEAST}
              max={keeping.MOST}
              required
              value={years}
              onInput={(event) => setYears(event.currentTarget.valueAsNumber || 0)}
            />
          </label>
        )}
        <p class="muted">
          Then they are deleted with their notes and files, and only a line below says that they were. Of children they
          are kept so long after their 18th birthday. What is on legal hold, or has an open incident, stays. Your
          state’s law says how long you must keep them; from {keeping.LEAST} to {keeping.MOST} years.
        </p>
        <Starts rule={rule} />
        <p>
          <button type="submit" class="primary" disabled={chosen === rule.years}>
            Save
          </button>
        </p>
      </form>
    </>
  );
}

/** Until then a mistake can be taken back. */
function Starts({ rule: { starts_at } }: { rule: Keeping }) {
  if (!starts_at || Date.parse(starts_at) <= clock.now.value) return null;
  return <p role="status">Nothing is deleted before {when(starts_at, clock.now.value)}.</p>;
}
