/** The outbox of this screen: what was written and is not yet taken by the server. */

import { type Answer, Outbox } from "../../realtime/client/outbox.ts";
import type { Message } from "../../realtime/client/wire.gen.ts";
import * as actions from "./actions.ts";
import { takeMessage } from "./answers.ts";
import { Refused } from "./http.ts";
import { pending, type Words } from "./store.ts";

/** Told to come back later than this, the words go back to their writer, who can call instead. */
const LONGEST_WAIT = 60_000;

/** Signed out counts as silence: the words wait, under the same key, for the person to come back. */
async function post(key: string, { conversation, ...words }: Words): Promise<Answer<Message, Refused>> {
  try {
    return { kind: "sent", message: await actions.postMessage(conversation, key, words) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const isSoon = (error.retryAfter ?? 0) <= LONGEST_WAIT;
    const waits = (error.isSilence && isSoon) || error.status === 401;
    if (!waits) return { kind: "refused", refusal: error };
    return error.retryAfter === null ? { kind: "silence" } : { kind: "silence", after: error.retryAfter };
  }
}

export const outbox = new Outbox<Words, Message, Refused>({
  post,
  lineOf: (words) => words.conversation,
  onSent: takeMessage,
  onChange: (entries) => {
    pending.value = entries;
  },
});
