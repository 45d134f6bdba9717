/** What is open of the alerts, over the board: one press says that I see to it. */

import { useState } from "preact/hooks";
import type { Alert, Board } from "../../../realtime/client/wire.gen.ts";
import * as alerts from "../alerts.ts";
import * as clock from "../clock.ts";
import { Refused } from "../http.ts";
import { toast } from "../store.ts";
import { alertSaid, courseSaid } from "../words/alerts.ts";
import { inWords } from "../words/refusals.ts";
import { Icon } from "./icon.tsx";

interface AlertsProps {
  board: Board;
  /** Something was acknowledged: the board asks again. */
  onActed: () => void;
}

export function BoardAlerts({ board, onActed }: AlertsProps) {
  if (board.alerts.length === 0) return null;
  return (
    <ul class="board-alerts" aria-label="Alerts">
      {board.alerts.map((alert) => (
        <Row key={alert.id} alert={alert} board={board} onActed={onActed} />
      ))}
    </ul>
  );
}

function Row({ alert, board, onActed }: AlertsProps & { alert: Alert }) {
  const [isUnderWay, setUnderWay] = useState(false);
  const isNew = alert.acknowledged_at === null;
  const words = alertSaid(alert, board.teams);
  const act = async () => {
    setUnderWay(true);
    try {
      await alerts.acknowledge(alert.id);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      toast(inWords(error), { isError: true });
    }
    setUnderWay(false);
    onActed();
  };
  return (
    <li class={isNew ? "new" : ""}>
      <Icon name={isNew ? "alert" : "check"} size={16} />
      <span class="grow">
        <strong>{words}</strong>
        <small>{courseSaid(alert, clock.now.value)}</small>
      </span>
      {isNew && (
        <button type="button" disabled={isUnderWay} aria-label={`Acknowledge: ${words}`} onClick={() => void act()}>
          Acknowledge
        </button>
      )}
    </li>
  );
}
