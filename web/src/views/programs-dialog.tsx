/** Other programs of the clinic: who has a key, and where they are told what happens. */

import { useEffect, useState } from "preact/hooks";
import * as desk from "../programs.ts";
import { KeyForm, KeyList } from "./api-keys.tsx";
import { HookLog } from "./hook-log.tsx";
import { HookForm, HookList } from "./hooks.tsx";
import { Modal } from "./modal.tsx";

export type Step = { name: "keys" | "hooks" | "new-key" | "new-hook" } | { name: "log"; id: string };

const TITLES = {
  keys: "Other programs",
  hooks: "Other programs",
  "new-key": "New key",
  "new-hook": "New webhook",
  log: "What it was told",
};

export function ProgramsDialog({ onClose }: { onClose: () => void }) {
  const [step, setStep] = useState<Step>({ name: "keys" });
  const [isFailed, setFailed] = useState(false);
  useEffect(() => {
    desk.load().catch(() => setFailed(true));
    return () => {
      desk.made.value = null;
    };
  }, []);
  const isHere = desk.keys.value && desk.hooks.value;
  return (
    <Modal title={TITLES[step.name]} onClose={onClose} wide>
      <div class="people">
        {isFailed && <p role="alert">This did not load. Only an admin of your clinic can open it.</p>}
        {!isHere && !isFailed && <p class="muted">Loading…</p>}
        {isHere && <Inside step={step} onStep={setStep} onClose={onClose} />}
      </div>
    </Modal>
  );
}

interface StepProps {
  step: Step;
  onStep: (step: Step) => void;
  onClose: () => void;
}

function Inside({ step, onStep, onClose }: StepProps) {
  if (desk.made.value) return <Made made={desk.made.value} />;
  switch (step.name) {
    case "new-key":
      return <KeyForm onEnd={() => onStep({ name: "keys" })} />;
    case "new-hook":
      return <HookForm onEnd={() => onStep({ name: "hooks" })} />;
    case "log":
      return <HookLog hook={step.id} onBack={() => onStep({ name: "hooks" })} />;
  }
  return (
    <>
      <nav class="tabs" aria-label="Other programs">
        <Tab name="keys" step={step} onStep={onStep} words="Keys" />
        <Tab name="hooks" step={step} onStep={onStep} words="Webhooks" />
      </nav>
      {step.name === "keys" ? (
        <KeyList onNew={() => onStep({ name: "new-key" })} onClose={onClose} />
      ) : (
        <HookList onStep={onStep} onClose={onClose} />
      )}
    </>
  );
}

function Tab({ name, step, onStep, words }: Omit<StepProps, "onClose"> & { name: "keys" | "hooks"; words: string }) {
  return (
    <button type="button" aria-current={step.name === name ? "page" : undefined} onClick={() => onStep({ name })}>
      {words}
    </button>
  );
}

/** A key or a secret, this once. */
function Made({ made }: { made: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = () => navigator.clipboard.writeText(made).then(() => setCopied(true));
  return (
    <>
      <label class="field">
        {made.startsWith("whsec_") ? "The secret that proves it is us" : "The key"}
        <input
          readOnly
          class="mono"
          value={made}
          autocomplete="off"
          onFocus={(event) => event.currentTarget.select()}
        />
      </label>
      <p class="hint" role="status">
        {isCopied ? "Copied. " : ""}Put it into the other program now: it is shown this once. Whoever has it can do what
        it is for.
      </p>
      <footer>
        <button type="button" onClick={() => void copy()}>
          Copy
        </button>
        <button
          type="button"
          class="primary"
          onClick={() => {
            desk.made.value = null;
          }}
        >
          I have it
        </button>
      </footer>
    </>
  );
}
