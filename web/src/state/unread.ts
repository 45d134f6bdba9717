/** Where a reader left off. */

import type { Message } from "../../../realtime/client/wire.gen.ts";
import type { ThreadState } from "./thread.ts";

const isPatients = (message: Message) => message.from.kind === "patient";

/**
 * What the patient wrote and I have not seen, oldest first, of the loaded messages. Where I was never, that is what came
 * after the team's last answer: nobody begins at the beginning of what colleagues have dealt with.
 */
export function unread({ messages, seen }: ThreadState): readonly Message[] {
  const answered = messages.findLast((message) => !isPatients(message))?.number ?? 0;
  const after = seen > 0 ? seen : answered;
  return messages.filter((message) => isPatients(message) && message.number > after);
}
