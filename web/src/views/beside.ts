/** What a card about a patient stands beside. */

import type { Patient, Row } from "../../../realtime/client/wire.gen.ts";

export interface Beside {
  patient: Patient;
  /** The conversation that is open; null in the directory, where what belongs to a team's conversation is only shown. */
  row: Pick<Row, "id" | "team"> | null;
}
