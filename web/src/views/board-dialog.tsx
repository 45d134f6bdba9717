/** The live board, for who answers for the clinic's teams: how each of them stands now. */

import { useState } from "preact/hooks";
import type { Board } from "../../../realtime/client/wire.gen.ts";
import { type Seen, useBoard } from "../board.ts";
import { connection, me } from "../store.ts";
import { mayManage } from "../tags.ts";
import { onPaper } from "../words/board.ts";
import { clock } from "../words/time.ts";
import { BoardAlerts } from "./board-alerts.tsx";
import { BoardEarlier } from "./board-earlier.tsx";
import { BoardLongest } from "./board-longest.tsx";
import { BoardRules } from "./board-rules.tsx";
import { BoardTeams } from "./board-teams.tsx";
import { BoardTotals } from "./board-totals.tsx";
import { Icon } from "./icon.tsx";
import { Modal } from "./modal.tsx";

export { look } from "../alerts.ts";

export function BoardDialog({ onClose }: { onClose: () => void }) {
  if (me.value && mayManage()) return <Live onClose={onClose} />;
  return (
    <Modal title="Live board" onClose={onClose}>
      <p>The board is for supervisors and administrators.</p>
    </Modal>
  );
}

type Page = "board" | "rules" | "earlier";

const TITLES: Record<Page, string> = { board: "Live board", rules: "Rules for alerts", earlier: "All alerts" };

function Live({ onClose }: { onClose: () => void }) {
  const [page, setPage] = useState<Page>("board");
  const [isPaused, setPaused] = useState(false);
  const { board, isStale, again } = useBoard(isPaused);
  const teams = board?.teams ?? [];
  return (
    <Modal key={page} title={TITLES[page]} onClose={onClose} wide>
      {page === "rules" && <BoardRules teams={teams} />}
      {page === "earlier" && <BoardEarlier teams={teams} />}
      {page === "board" && (
        <div class="board">
          <State board={board} isStale={isStale} isPaused={isPaused} again={again} />
          {board && <Shown board={board} again={again} onClose={onClose} />}
        </div>
      )}
      <footer>
        {page === "board" ? (
          <Tools isPaused={isPaused} onPause={setPaused} onPage={setPage} />
        ) : (
          <button type="button" onClick={() => setPage("board")}>
            Back to the board
          </button>
        )}
        <button type="button" class="primary" onClick={onClose}>
          Close
        </button>
      </footer>
    </Modal>
  );
}

function Shown({ board, again, onClose }: { board: Board; again: () => void; onClose: () => void }) {
  if (board.teams.length === 0) return <p class="muted">Your clinic has no teams yet.</p>;
  return (
    <>
      <p class="on-paper">
        {me.value?.organization.name}, {onPaper(board.day)}, as of {clock(board.now)}
      </p>
      <BoardAlerts board={board} onActed={again} />
      <BoardTotals board={board} />
      <BoardLongest board={board} onClose={onClose} />
      <BoardTeams board={board} onClose={onClose} />
    </>
  );
}

function State({ board, isStale, isPaused, again }: Seen & { isPaused: boolean }) {
  const isLive = !isStale && !isPaused && connection.value.name === "live";
  const state = isLive ? "Live" : isPaused ? "Paused" : "Not live";
  return (
    <p class={`board-state ${isLive ? "" : "old"}`}>
      <Icon name={isLive ? "check" : "clock"} size={14} />
      {board ? `${state}, as of ${clock(board.now)}` : isStale ? "This did not load" : "Loading…"}
      {isStale && (
        <button type="button" class="link" onClick={again}>
          Try again
        </button>
      )}
    </p>
  );
}

interface ToolsProps {
  isPaused: boolean;
  onPause: (is: boolean) => void;
  onPage: (page: Page) => void;
}

function Tools({ isPaused, onPause, onPage }: ToolsProps) {
  return (
    <>
      <button type="button" onClick={() => onPage("rules")}>
        Rules for alerts
      </button>
      <button type="button" onClick={() => onPage("earlier")}>
        All alerts
      </button>
      <button type="button" aria-pressed={isPaused} onClick={() => onPause(!isPaused)}>
        Pause updates
      </button>
      <button type="button" onClick={() => print()}>
        Print
      </button>
    </>
  );
}
