/** Which of two rows of one conversation is the newer truth. */

import type { Row } from "../../../realtime/client/wire.gen.ts";

/** The patient's name is part of a row and has revisions of its own. */
export function isNewer(row: Row, known: Row): boolean {
  return row.rev > known.rev || (row.rev === known.rev && row.patient.rev > known.patient.rev);
}
