/** The third step: whom it reaches, who is left out and why, and what it costs. Nothing has gone. */

import { useEffect } from "preact/hooks";
import * as broadcasts from "../broadcasts.ts";
import { costs, leftOut, reach } from "../words/broadcasts.ts";
import { many } from "../words/counts.ts";
import { Recipients } from "./broadcast-report.tsx";
import type { PartProps } from "./broadcasts-dialog.tsx";
import { useFirstFocus } from "./focus.ts";
import { isOfNumbers, NumbersLink } from "./no-plan.tsx";

interface CheckProps extends PartProps {
  onBack: () => void;
  onNext: () => void;
}

export function BroadcastCheck({ detail, attempt, onBack, onNext, onOther }: CheckProps) {
  const { broadcast, sums, checked_at: checkedAt } = detail;
  const box = useFirstFocus<HTMLDivElement>(checkedAt ?? "", ".check-sum");
  useEffect(() => {
    if (!checkedAt) void attempt(() => broadcasts.act(broadcast.id, "check"));
  }, [checkedAt]);
  const remove = () => void attempt(() => broadcasts.remove(broadcast.id).then(onOther));
  return (
    <div ref={box} class="broadcast-step">
      {checkedAt ? (
        <>
          <p class="check-sum" role="status" tabIndex={-1}>
            <strong>{reach(broadcast)}</strong>{" "}
            {broadcast.left_out > 0 ? `${many(broadcast.left_out, "patient")} left out:` : "Nobody is left out."}
          </p>
          {broadcast.left_out > 0 && (
            <ul>
              {leftOut(sums).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          )}
          <NumbersLink why={sums.find((sum) => sum.state === "left_out" && isOfNumbers(sum.why))?.why ?? null} />
          {broadcast.waiting > 0 && costs(detail).map((line) => <p key={line}>{line}</p>)}
          <Recipients broadcast={broadcast} attempt={attempt} />
        </>
      ) : (
        <p role="status">Checking whom this reaches…</p>
      )}
      <footer>
        <button type="button" onClick={remove}>
          Throw away
        </button>
        <button type="button" onClick={onBack}>
          Back
        </button>
        <button type="button" class="primary" disabled={broadcast.waiting === 0} onClick={onNext}>
          Next: when
        </button>
      </footer>
    </div>
  );
}
