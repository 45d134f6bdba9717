/** In the composer of a team with several numbers: from which of them texts to this patient leave. */

import type { Row } from "../../../realtime/client/wire.gen.ts";
import * as actions from "../actions.ts";
import { attempt, takeRow } from "../answers.ts";
import { teamOf } from "../store.ts";
import { numberOf } from "../words/numbers.ts";

export function GoesFrom({ row: { id, team, number } }: { row: Row }) {
  const numbers = teamOf(team)?.numbers ?? [];
  if (!number || numbers.length < 2) return null;
  const choose = (next: string) => void attempt(async () => takeRow(await actions.chooseNumber(id, next)));
  return (
    <label>
      {" from "}
      <select aria-label="From" class="from" value={number} onChange={(event) => choose(event.currentTarget.value)}>
        {numbers.map((each) => (
          <option key={each} value={each}>
            {numberOf(teamOf(team), each)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Who reads only the words would not notice that the patient knows another number. */
export function NumberLost({ row: { team, number, number_lost } }: { row: Row }) {
  if (!number || !number_lost) return null;
  return (
    <p class="hint warn" role="status">
      The number used here before cannot be used now. Texts go from {numberOf(teamOf(team), number)}.
    </p>
  );
}
