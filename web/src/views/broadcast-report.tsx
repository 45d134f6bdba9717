/** Each recipient of a broadcast and what became of them, on the screen and as a file. */

import { useEffect, useState } from "preact/hooks";
import type { Broadcast, Recipient, RecipientState } from "../broadcasts.ts";
import * as broadcasts from "../broadcasts.ts";
import * as exports from "../exports.ts";
import { Refused } from "../http.ts";
import { dialog } from "../store.ts";
import * as threads from "../threads.ts";
import { VIAS } from "../words/broadcasts.ts";
import { inWords } from "../words/refusals.ts";
import { clock } from "../words/time.ts";
import type { PartProps } from "./broadcasts-dialog.tsx";
import { proofOf, Secret } from "./export-dialog.tsx";

const NAMES: Record<RecipientState, string> = {
  left_out: "Left out",
  waiting: "Queued",
  posted: "Written to",
  failed: "Failed",
  stopped: "Stopped",
};

interface RecipientsProps {
  broadcast: Broadcast;
  attempt: PartProps["attempt"];
}

/** Closed it asks the server nothing. */
export function Recipients(props: RecipientsProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="recipients" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Patient by patient</summary>
      {isOpen && <Lines {...props} />}
    </details>
  );
}

function Lines({ broadcast, attempt }: RecipientsProps) {
  const states = (Object.keys(NAMES) as RecipientState[]).filter((state) => broadcast[state] > 0);
  const [state, setState] = useState<RecipientState | "">(broadcast.left_out > 0 ? "left_out" : "");
  const [rows, setRows] = useState<Recipient[]>([]);
  const [next, setNext] = useState<number | null>(null);
  const more = (after: number) =>
    void attempt(async () => {
      const page = await broadcasts.recipients(broadcast.id, state, after);
      setRows((before) => [...(after ? before : []), ...page.recipients]);
      setNext(page.next);
    });
  useEffect(() => more(0), [state, broadcast.rev, broadcast.posted]);
  return (
    <>
      <label class="field">
        Show
        <select value={state} onChange={(event) => setState(event.currentTarget.value as RecipientState | "")}>
          <option value="">Everybody ({broadcast.total})</option>
          {states.map((each) => (
            <option key={each} value={each}>
              {NAMES[each]} ({broadcast[each]})
            </option>
          ))}
        </select>
      </label>
      <ul class="import-rows">
        {rows.map((row) => (
          <Line key={row.number} row={row} />
        ))}
      </ul>
      {next !== null && (
        <button type="button" class="link" onClick={() => more(next)}>
          Show more
        </button>
      )}
    </>
  );
}

function Line({ row }: { row: Recipient }) {
  const said = [
    NAMES[row.state],
    row.state === "left_out" ? "" : VIAS[row.via],
    row.delivery ?? "",
    row.words ?? "",
    row.viewed_at && `viewed ${clock(row.viewed_at)}`,
    row.replied_at && `replied ${clock(row.replied_at)}`,
  ];
  const { conversation } = row;
  const open = () => {
    dialog.value = null;
    if (conversation) void threads.open(conversation);
  };
  return (
    <li>
      {conversation ? (
        <button type="button" class="link" onClick={open} dir="auto">
          {row.name}
        </button>
      ) : (
        <span dir="auto">{row.name}</span>
      )}
      <small>{said.filter(Boolean).join(" · ")}</small>
    </li>
  );
}

/** Whoever signed in some time ago proves first that it is them. */
export function SaveReport({ broadcast }: { broadcast: Broadcast }) {
  const [mustProve, setMustProve] = useState(false);
  const [refused, setRefused] = useState("");
  const take = async (secret: string) => {
    setRefused("");
    try {
      if (mustProve) await exports.prove(proofOf(secret));
      setMustProve(false);
      exports.give(await broadcasts.report(broadcast.id));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.code === "prove_again") setMustProve(true);
      else setRefused(`${inWords(error)}.`);
    }
  };
  return (
    <form
      class="save-report"
      onSubmit={(event) => {
        event.preventDefault();
        void take(String(new FormData(event.currentTarget).get("secret") ?? ""));
      }}
    >
      {mustProve && <Secret />}
      {refused && (
        <p class="hint bad" role="alert">
          {refused}
        </p>
      )}
      <button type="submit">{mustProve ? "Continue" : "Save the report"}</button>
    </form>
  );
}
