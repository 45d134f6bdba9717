/** The live board, for who answers for the clinic's teams: how each of them stands now. */

import { useState } from "preact/hooks";
import { useBoard } from "../board.ts";
import { connection, me } from "../store.ts";
import { mayManage } from "../tags.ts";
import { clock } from "../words/time.ts";
import { BoardTeams } from "./board-teams.tsx";
import { BoardTotals } from "./board-totals.tsx";
import { Icon } from "./icon.tsx";
import { Modal } from "./modal.tsx";

export function BoardDialog({ onClose }: { onClose: () => void }) {
  if (me.value && mayManage()) return <Live onClose={onClose} />;
  return (
    <Modal title="Live board" onClose={onClose}>
      <p>The board is for supervisors and administrators.</p>
    </Modal>
  );
}

function Live({ onClose }: { onClose: () => void }) {
  const [isPaused, setPaused] = useState(false);
  const { board, isStale, again } = useBoard(isPaused);
  const isLive = !isStale && !isPaused && connection.value.name === "live";
  return (
    <Modal title="Live board" onClose={onClose} wide>
      <div class="board">
        <p class={`board-state ${isLive ? "" : "old"}`}>
          <Icon name={isLive ? "check" : "clock"} size={14} />
          {board ? `${isLive ? "Live" : isPaused ? "Paused" : "Not live"}, as of ${clock(board.now)}` : "Loading…"}
          {isStale && (
            <button type="button" class="link" onClick={again}>
              Try again
            </button>
          )}
        </p>
        {board?.teams.length === 0 && <p class="muted">Your clinic has no teams yet.</p>}
        {board && board.teams.length > 0 && (
          <>
            <BoardTotals board={board} />
            <BoardTeams board={board} onClose={onClose} />
          </>
        )}
      </div>
      <footer>
        <button type="button" aria-pressed={isPaused} onClick={() => setPaused(!isPaused)}>
          Pause updates
        </button>
        <button type="button" onClick={() => print()}>
          Print
        </button>
        <button type="button" class="primary" onClick={onClose}>
          Close
        </button>
      </footer>
    </Modal>
  );
}
