/** What happened to a message: each state with its time, none taken for another, and the record to keep. */

import { useEffect, useState } from "preact/hooks";
import type { Evidence, EvidenceStep, ViaName } from "../../../realtime/client/wire.gen.ts";
import * as clockNow from "../clock.ts";
import * as reads from "../reads.ts";
import { toast } from "../store.ts";
import { eventWords, stepWords } from "../words/evidence.ts";
import { sentence } from "../words/time.ts";
import { Icon } from "./icon.tsx";
import { Misdirected } from "./misdirected.tsx";
import { Modal } from "./modal.tsx";

interface EvidenceDialogProps {
  message: string;
  onClose: () => void;
}

export function EvidenceDialog({ message, onClose }: EvidenceDialogProps) {
  const [found, setFound] = useState<Evidence | "failed" | null>(null);
  const [isWrong, setWrong] = useState(false);
  const ask = () => {
    setFound(null);
    reads.evidence(message).then(setFound, () => setFound("failed"));
  };
  useEffect(ask, [message]);
  if (isWrong)
    return (
      <Modal key="wrong" title="This went to the wrong person" onClose={onClose}>
        <Misdirected message={message} onBack={() => setWrong(false)} onClose={onClose} />
      </Modal>
    );
  return (
    <Modal key="what" title="What happened to this message" onClose={onClose}>
      {found === null && <p class="muted">Looking it up…</p>}
      {found === "failed" && (
        <p role="alert">
          It did not load.{" "}
          <button type="button" class="link" onClick={ask}>
            Try again
          </button>
        </p>
      )}
      {found !== null && found !== "failed" && <Found found={found} onWrong={() => setWrong(true)} />}
    </Modal>
  );
}

function Found({ found, onWrong }: { found: Evidence; onWrong: () => void }) {
  const { record } = found;
  const now = clockNow.now.value;
  return (
    <>
      <ol class="evidence">
        {record.steps.map((step) => (
          <Step key={step.name} step={step} via={record.via} now={now} />
        ))}
      </ol>
      <details>
        <summary>Everything in order</summary>
        <ul class="story">
          {record.events.map((event) => (
            <li key={`${event.name} ${event.at}`}>
              <time dateTime={event.at}>{capitalized(sentence(event.at, now))}</time>
              <span>{eventWords(event)}</span>
            </li>
          ))}
        </ul>
      </details>
      <p class="muted fingerprint">
        Fingerprint <code>{found.sha256}</code>. It is in the audit, so a copy can be proved later.
      </p>
      {record.steps.length > 0 && (
        <p>
          <button type="button" class="link" onClick={onWrong}>
            This went to the wrong person…
          </button>
        </p>
      )}
      <footer>
        <button type="button" onClick={() => void copy(found, now)}>
          Copy
        </button>
        <button type="button" class="primary" onClick={() => save(found)}>
          Save as JSON
        </button>
      </footer>
    </>
  );
}

function Step({ step, via, now }: { step: EvidenceStep; via: ViaName; now: number }) {
  const { name, means } = stepWords(step, via);
  return (
    <li class={step.at ? "reached" : ""}>
      <Icon name={step.at ? "check" : "clock"} size={16} />
      <span class="what">
        <strong>{name}</strong>
        <small>{means}</small>
      </span>
      {step.at ? <time dateTime={step.at}>{capitalized(sentence(step.at, now))}</time> : <span>Not known</span>}
    </li>
  );
}

const capitalized = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** The record as plain lines, for a note in the chart. */
export function asText({ record, sha256 }: Evidence, now: number): string {
  const head = `Message ${record.number} to ${record.patient}, written by ${record.writer}`;
  const lines = record.events.map((event) => `${event.at}  ${eventWords(event)}`);
  const missing = record.steps.filter((step) => !step.at).map((step) => stepWords(step, record.via).name);
  const open = missing.length > 0 ? [`Not known: ${missing.join(", ")}`] : [];
  return [head, ...lines, ...open, `As of ${sentence(record.as_of, now)}. SHA-256 ${sha256}`].join("\n");
}

async function copy(found: Evidence, now: number): Promise<void> {
  try {
    await navigator.clipboard.writeText(asText(found, now));
    toast("Copied");
  } catch {
    toast("This browser did not let us copy. Save it instead", { isError: true });
  }
}

function save(found: Evidence): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(found, null, 2)], { type: "application/json" }));
  // A file's name is seen by others: no name of a person stands in it.
  link.download = `message-${found.record.message}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
