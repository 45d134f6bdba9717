/** All teams together, in six numbers. */

import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import type { Board, BoardTeam } from "../../../realtime/client/wire.gen.ts";
import * as time from "../clock.ts";
import { hours } from "../hours.ts";
import { took } from "../words/board.ts";
import { type Wait, waitOf } from "../words/waits.ts";

/** How long the first one of a team waits, by its hours; null where nobody does. */
export function oldestOf({ team, now }: BoardTeam, at: number): Wait | null {
  return now.oldest ? waitOf(now.oldest, hours.value.get(team), at) : null;
}

/** A number that shows for a moment that it has moved. */
export function Moving({ value }: { value: string | number }) {
  const before = useRef(value);
  const isMoved = before.current !== value;
  before.current = value;
  return (
    <span key={value} class={isMoved ? "moved" : ""}>
      {value}
    </span>
  );
}

export function BoardTotals({ board: { total, teams } }: { board: Board }) {
  const longest = teams.find(({ now }) => now.oldest !== null && now.oldest === total.oldest);
  const wait = longest ? oldestOf(longest, time.now.value) : null;
  return (
    <dl class="board-totals" aria-label="All teams">
      <Total name="Waiting">
        <Moving value={total.waiting} />
      </Total>
      <Total name="Longest wait" tone={wait?.tone} title={wait?.said}>
        {wait ? <Moving value={wait.short} /> : "Nobody waits"}
      </Total>
      <Total name="Unassigned">
        <Moving value={total.unassigned} />
      </Total>
      <Total name="First reply today">
        {total.half === null || total.most === null ? (
          "None yet"
        ) : (
          <>
            {took(total.half)} <small>half, {took(total.most)} 9 of 10</small>
          </>
        )}
      </Total>
      <Total name="Not read">
        <Moving value={total.not_read} />
      </Total>
      <Total name="Undelivered" tone={total.undelivered > 0 ? "overdue" : undefined}>
        <Moving value={total.undelivered} />
      </Total>
    </dl>
  );
}

interface TotalProps {
  name: string;
  tone?: Wait["tone"] | undefined;
  title?: string | undefined;
  children: ComponentChildren;
}

function Total({ name, tone = "calm", title, children }: TotalProps) {
  return (
    <div class={tone} title={title}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
