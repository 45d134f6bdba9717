/** Who waits longest, over all teams that one reads: a press of its number opens one to look on. */

import { useEffect } from "preact/hooks";
import type { Board, LongWait } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import { hours } from "../hours.ts";
import { isField } from "../keys.ts";
import { singles } from "../singles.ts";
import * as threads from "../threads.ts";
import { waitOf } from "../words/waits.ts";

interface LongestProps {
  board: Board;
  onClose: () => void;
}

export function BoardLongest({ board: { longest, teams }, onClose }: LongestProps) {
  const open = ({ conversation }: LongWait) => {
    onClose();
    void threads.open(conversation);
  };
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const row = /^[1-9]$/.test(event.key) ? longest[Number(event.key) - 1] : undefined;
      const isHeld = event.altKey || event.ctrlKey || event.metaKey;
      if (row && singles.value && !isHeld && !isField(event.target)) open(row);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [longest]);
  if (longest.length === 0) return null;
  return (
    <section class="board-longest" aria-labelledby="board-longest">
      <h3 id="board-longest">Waiting longest</h3>
      <ol>
        {longest.map((row) => (
          <Wait
            key={row.conversation}
            row={row}
            team={teams.find((each) => each.team === row.team)?.name ?? ""}
            onOpen={() => open(row)}
          />
        ))}
      </ol>
    </section>
  );
}

interface WaitProps {
  row: LongWait;
  team: string;
  onOpen: () => void;
}

function Wait({ row, team, onOpen }: WaitProps) {
  const wait = waitOf(row.since, hours.value.get(row.team), clock.now.value);
  return (
    <li>
      <button type="button" class="link" title={wait.said} onClick={onOpen}>
        {row.who}, {team}
      </button>
      <span class={wait.tone}>{wait.short}</span>
      <span class="muted">{[row.assignee?.name ?? "Unassigned", wait.mark].filter(Boolean).join(" · ")}</span>
    </li>
  );
}
