/** A broadcast that was let go: the minute, the second person, the way to everybody, and what became of it. */

import { useEffect, useState } from "preact/hooks";
import { announce } from "../announce.ts";
import * as broadcasts from "../broadcasts.ts";
import * as clock from "../clock.ts";
import { funnel, pace, sum } from "../words/broadcasts.ts";
import { many } from "../words/counts.ts";
import { upcoming } from "../words/time.ts";
import { Recipients, SaveReport } from "./broadcast-report.tsx";
import type { PartProps } from "./broadcasts-dialog.tsx";
import { useFirstFocus } from "./focus.ts";
import { JobCard } from "./job-card.tsx";

export function BroadcastRun(props: PartProps) {
  switch (props.detail.broadcast.state) {
    case "awaiting":
    case "counting":
    case "scheduled":
      return <Before {...props} />;
    default:
      return <Under {...props} />;
  }
}

function Before({ detail, attempt, onOther }: PartProps) {
  const { broadcast } = detail;
  const box = useFirstFocus<HTMLDivElement>(broadcast.state, ".run-sum");
  const act = (what: "approve" | "cancel") => void attempt(() => broadcasts.act(broadcast.id, what));
  const left = useCountdown(broadcast.state === "counting" ? broadcast.due_at : null);
  const due = broadcast.due_at ? upcoming(Date.parse(broadcast.due_at), clock.now.value) : "";
  const said = {
    awaiting: `Waits for a second person to approve it. It will go to ${many(broadcast.waiting, "patient")}.`,
    scheduled: `Goes to ${many(broadcast.waiting, "patient")} ${due}.`,
  };
  return (
    <div ref={box} class="broadcast-step">
      <p class="run-sum" tabIndex={-1} role="status">
        <strong>
          {broadcast.state === "counting"
            ? `Goes to ${many(broadcast.waiting, "patient")} in a minute.`
            : said[broadcast.state as "awaiting" | "scheduled"]}
        </strong>
      </p>
      {left !== null && (
        <p class="countdown" aria-hidden="true">
          {left > 0 ? `${left} s` : "Starting…"}
        </p>
      )}
      <blockquote dir="auto">{detail.bodies.en}</blockquote>
      <Recipients broadcast={broadcast} attempt={attempt} />
      <footer>
        <button type="button" onClick={onOther}>
          All broadcasts
        </button>
        <button type="button" class={detail.can_approve ? "" : "primary"} onClick={() => act("cancel")}>
          Cancel the sending
        </button>
        {detail.can_approve && (
          <button type="button" class="primary" onClick={() => act("approve")}>
            Approve
          </button>
        )}
      </footer>
    </div>
  );
}

/** Seconds until then; null where nothing is counted. */
function useCountdown(until: string | null): number | null {
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    if (!until) return setLeft(null);
    const look = () => setLeft(Math.max(0, Math.ceil((Date.parse(until) - Date.now()) / 1000)));
    look();
    const timer = setInterval(look, 500);
    return () => clearInterval(timer);
  }, [until]);
  return left;
}

function Under({ detail, attempt, onOther }: PartProps) {
  const { broadcast, per_hour: perHour } = detail;
  const isPaused = broadcast.state === "paused";
  const isUnderWay = isPaused || broadcast.state === "running";
  const box = useFirstFocus<HTMLDivElement>(broadcast.state, ".run-sum");
  const act = (what: "pause" | "resume" | "stop" | "retry") => void attempt(() => broadcasts.act(broadcast.id, what));
  const trouble = isPaused && broadcast.words ? `It paused by itself: ${broadcast.words}.` : "";
  useEffect(() => {
    if (trouble) announce(trouble);
  }, [trouble]);
  const reachable = broadcast.total - broadcast.left_out;
  return (
    <div ref={box} class="broadcast-step">
      {isUnderWay && (
        <JobCard verb="Sending" done={broadcast.posted} all={reachable} unit="patients" isPaused={isPaused} />
      )}
      <Funnel {...{ detail }} />
      <p class="muted run-sum" tabIndex={-1} role={isUnderWay ? undefined : "status"}>
        {sum(broadcast)}. {isUnderWay && "You can leave this page: it goes on by itself."}
        {isUnderWay && perHour !== null && ` ${pace(perHour)}.`}
      </p>
      {trouble && <p class="hint bad">{trouble}</p>}
      <Recipients broadcast={broadcast} attempt={attempt} />
      <footer>
        <button type="button" onClick={onOther}>
          All broadcasts
        </button>
        {detail.can_write && broadcast.state === "finished" && detail.funnel.undelivered > 0 && (
          <button type="button" onClick={() => act("retry")}>
            Try the undelivered again
          </button>
        )}
        {detail.can_write && <SaveReport broadcast={broadcast} />}
        {isUnderWay && (
          <button type="button" class="danger" onClick={() => act("stop")}>
            Stop
          </button>
        )}
        {isUnderWay && (!isPaused || detail.can_write) && (
          <button type="button" class="primary" onClick={() => act(isPaused ? "resume" : "pause")}>
            {isPaused ? "Go on" : "Pause"}
          </button>
        )}
      </footer>
    </div>
  );
}

function Funnel({ detail }: { detail: PartProps["detail"] }) {
  return (
    <dl class="funnel">
      {funnel(detail.broadcast, detail.funnel).map(([name, count]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{count.toLocaleString("en-US")}</dd>
        </div>
      ))}
      <div class={detail.funnel.undelivered > 0 ? "bad" : ""}>
        <dt>Undelivered</dt>
        <dd>{detail.funnel.undelivered.toLocaleString("en-US")}</dd>
      </div>
    </dl>
  );
}
