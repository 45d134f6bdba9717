/** The consent ledger: what the patient agrees to now, and every line that was ever written about it. */

import type { Consent } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import * as entries from "../entries.ts";
import * as reads from "../reads.ts";
import { dialog } from "../store.ts";
import { agrees, consented, consentNames } from "../words/patients.ts";
import type { Beside } from "./beside.ts";
import { Icon } from "./icon.tsx";

const KINDS = ["plain_sms", "email"] as const;

export function Consents({ open, mayAct }: { open: Beside; mayAct: boolean }) {
  const { consents } = open.patient;
  return (
    <section>
      <h3>Consents</h3>
      <ul class="reach">
        {KINDS.map((kind) => (
          <Kind key={kind} kind={kind} open={open} mayAct={mayAct} />
        ))}
      </ul>
      {consents.length > 0 && (
        <details class="ledger">
          <summary>All {consents.length > 1 ? `${consents.length} lines` : "of it"}</summary>
          <ol>
            {consents.map((line) => (
              <Line key={`${line.at} ${line.kind}`} line={line} />
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}

function Kind({ kind, open, mayAct }: { kind: Consent["kind"]; open: Beside; mayAct: boolean }) {
  const does = agrees(open.patient, kind);
  const name = consentNames[kind];
  const ask = () => {
    if (open.row) dialog.value = { name: "consent", conversation: open.row.id, kind };
  };
  return (
    <li class={does ? "can" : "cannot"}>
      <Icon name={does ? "check" : "close"} size={14} />
      <span>
        {name.charAt(0).toUpperCase() + name.slice(1)}
        <small>{does ? "agreed" : "not agreed"}</small>
      </span>
      {mayAct && (
        <button
          type="button"
          class="link"
          aria-label={`${does ? "Withdraw the consent" : "Ask for consent"} to ${name}`}
          onClick={does ? () => void entries.withdrawConsent(open.patient.id, kind) : ask}
        >
          {does ? "Withdraw" : "Ask…"}
        </button>
      )}
    </li>
  );
}

function Line({ line }: { line: Consent }) {
  return (
    <li>
      {consented(line, clock.now.value)}
      {line.wording && <q>{line.wording}</q>}
      {line.evidence && (
        <a href={reads.fileAddress(line.evidence)} download>
          What they signed
        </a>
      )}
    </li>
  );
}
