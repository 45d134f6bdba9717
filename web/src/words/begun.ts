/** Who else has begun to write in a conversation; what it is stays with them until they send it. */

import type { Row } from "../../../realtime/client/wire.gen.ts";

/** "Nia Brooks has a draft", for each colleague of the reader `me`. */
export function beginners({ writers = [] }: Row, me: string | undefined): string[] {
  return writers.filter(({ id }) => id !== me).map(({ name }) => `${name} has a draft`);
}
