/** The outbox of this screen: what was written and is not yet taken by the server. */

import { type Answer, Outbox } from "../../realtime/client/outbox.ts";
import type { Message } from "../../realtime/client/wire.gen.ts";
import * as actions from "./actions.ts";
import { Refused } from "./http.ts";
import * as state from "./state/thread.ts";
import { pending, thread, type Words } from "./store.ts";

/** Signed out counts as silence: the words wait, under the same key, for the person to come back. */
async function post(key: string, { conversation, ...words }: Words): Promise<Answer<Message, Refused>> {
  try {
    return { kind: "sent", message: await actions.postMessage(conversation, key, words) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const waits = error.isSilence || error.status === 401;
    if (!waits) return { kind: "refused", refusal: error };
    return error.retryAfter === null ? { kind: "silence" } : { kind: "silence", after: error.retryAfter };
  }
}

export const outbox = new Outbox<Words, Message, Refused>({
  post,
  lineOf: (words) => words.conversation,
  onSent: (message) => {
    if (thread.value) thread.value = state.withMessages(thread.value, [message]);
  },
  onChange: (entries) => {
    pending.value = entries;
  },
});
