/** Five steps to a broadcast: who, words, check, when, go. Nothing leaves before the last. */

import { useRef, useState } from "preact/hooks";
import { newKey } from "../../../realtime/client/outbox.ts";
import type { Detail, Said } from "../broadcasts.ts";
import * as broadcasts from "../broadcasts.ts";
import { me } from "../store.ts";
import { STEPS } from "../words/broadcasts.ts";
import { BroadcastCheck } from "./broadcast-check.tsx";
import { BroadcastGo, BroadcastWhen, type When } from "./broadcast-when.tsx";
import { BroadcastWho } from "./broadcast-who.tsx";
import { BroadcastWords } from "./broadcast-words.tsx";
import type { PartProps } from "./broadcasts-dialog.tsx";

const EVERYBODY = {
  kind: "filter",
  ours: true,
  group: null,
  patient_tag: null,
  tag: null,
  language: null,
  days: null,
} as const;
const NOTHING: Said = { title: "", bodies: {}, way: "secure", news: true, filters: [{ ...EVERYBODY }] };

export interface StepProps {
  team: string;
  said: Said;
  onSay: (said: Said) => void;
  onBack: () => void;
  onNext: () => void;
}

type AssistantProps = Omit<PartProps, "detail"> & { detail: Detail | null };

export function BroadcastAssistant({ detail, attempt, onOther }: AssistantProps) {
  const key = useRef(newKey());
  const mine = me.value?.teams.filter((team) => team.is_member) ?? [];
  const [team, setTeam] = useState(detail?.broadcast.team ?? mine[0]?.id ?? "");
  const [said, setSaid] = useState<Said>(detail ? saidOf(detail) : NOTHING);
  const [step, setStep] = useState(detail?.checked_at ? 2 : 0);
  const [when, setWhen] = useState<When>({ at: null, perHour: null });
  const save = () =>
    attempt(() =>
      detail
        ? broadcasts.change(detail.broadcast.id, detail.broadcast.rev, said)
        : broadcasts.begin(key.current, team, said),
    );
  const saved = async () => detail !== null && JSON.stringify(said) === JSON.stringify(saidOf(detail));
  const check = async () => {
    if (!(await saved()) && !(await save())) return;
    setStep(2);
  };
  const steps = { team, said, onSay: setSaid, onBack: () => setStep(step - 1), onNext: () => setStep(step + 1) };
  return (
    <>
      <ol class="steps" aria-label="Steps">
        {STEPS.map((name, index) => (
          <li key={name} class={index < step ? "past" : ""} aria-current={index === step ? "step" : undefined}>
            {name}
          </li>
        ))}
      </ol>
      {step === 0 && (
        <BroadcastWho
          {...steps}
          teams={detail ? [] : mine}
          onTeam={setTeam}
          detail={detail}
          attempt={attempt}
          save={save}
          onBack={onOther}
        />
      )}
      {step === 1 && <BroadcastWords {...steps} onNext={() => void check()} />}
      {step === 2 && detail && (
        <BroadcastCheck
          detail={detail}
          attempt={attempt}
          onBack={steps.onBack}
          onNext={steps.onNext}
          onOther={onOther}
        />
      )}
      {step === 3 && detail && (
        <BroadcastWhen detail={detail} when={when} onWhen={setWhen} onBack={steps.onBack} onNext={steps.onNext} />
      )}
      {step === 4 && detail && <BroadcastGo detail={detail} when={when} attempt={attempt} onBack={steps.onBack} />}
    </>
  );
}

const saidOf = ({ broadcast, bodies, way, news, filters }: Detail): Said => ({
  title: broadcast.title,
  bodies,
  way,
  news,
  filters,
});
