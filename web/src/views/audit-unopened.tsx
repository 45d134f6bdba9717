/** Sensitive conversations that nobody can open: an admin names somebody, without reading them. */

import { useEffect, useState } from "preact/hooks";
import type { Unopened } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import * as exports from "../exports.ts";
import { ask, Refused } from "../http.ts";
import { inWords } from "../words/refusals.ts";
import { when } from "../words/time.ts";
import { proofOf, Secret } from "./export-dialog.tsx";

const TEAM = "team";

export function AuditUnopened({ onOpened }: { onOpened: () => void }) {
  const [found, setFound] = useState<readonly Unopened[]>([]);
  const load = () =>
    void ask<{ conversations: Unopened[] }>("GET", "/unopened").then(({ conversations }) => setFound(conversations));
  useEffect(load, []);
  if (found.length === 0) return null;
  const opened = () => {
    load();
    onOpened();
  };
  return (
    <section aria-labelledby="unopened">
      <h3 id="unopened">Nobody can open these</h3>
      <p class="muted">
        They are sensitive, and nobody who was named works there any more. You name somebody without reading them; all
        administrators are told.
      </p>
      <ul class="audit">
        {found.map((each) => (
          <li key={each.conversation}>
            <One conversation={each} onOpened={opened} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const name = (conversation: string, whom: string) =>
  ask<void>("POST", `/unopened/${conversation}`, { named: whom === TEAM ? [] : [whom] });

interface OneProps {
  conversation: Unopened;
  onOpened: () => void;
}

function One({ conversation: { conversation, team, waits_since, choices }, onOpened }: OneProps) {
  const [mustProve, setMustProve] = useState(false);
  const [said, setSaid] = useState("");
  const open = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    setSaid("");
    try {
      if (mustProve) await exports.prove(proofOf(String(form.get("secret"))));
      await name(conversation, String(form.get("whom")));
      onOpened();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.code === "prove_again") setMustProve(true);
      else setSaid(error.code === "wrong_sign_in" ? error.detail : inWords(error));
    }
  };
  const waits = waits_since ? `A patient waits since ${when(waits_since, clock.now.value)}` : "Nobody waits in it";
  return (
    <form onSubmit={(event) => void open(event)}>
      <p>
        <strong>A conversation of {team}</strong> <span class="muted">{waits}</span>
      </p>
      <label class="field">
        Who may open it
        <select name="whom" required>
          <option value="">Choose…</option>
          {choices.map((each) => (
            <option key={each.id} value={each.id}>
              {each.name}
            </option>
          ))}
          <option value={TEAM}>Everybody in {team}: it is not sensitive any more</option>
        </select>
      </label>
      {mustProve && <Secret />}
      {said && (
        <p class="hint bad" role="alert">
          {said}
        </p>
      )}
      <button type="submit">{mustProve ? "Continue" : "Let them open it"}</button>
    </form>
  );
}
