/** Taking back what was sent: within the undo time by itself, later on purpose. */

import type { Message } from "../../realtime/client/wire.gen.ts";
import * as actions from "./actions.ts";
import { attempt, putBack, takeMessage } from "./answers.ts";
import { bringBack } from "./attaching.ts";
import { serverNow } from "./clock.ts";
import * as desk from "./desk.ts";
import { dismiss, lastOfMine, me, pending, place, thread, toast, toasts } from "./store.ts";
import * as threads from "./threads.ts";
import { undoLeft as timeLeft } from "./words/delivery.ts";
import { choiceOfMessage } from "./words/ways.ts";

/** How many milliseconds are left to undo a message. */
export const undoLeft = (message: Message): number =>
  timeLeft(message, serverNow(), me.value?.limits.undo_seconds ?? 0);

/** The wire may be ahead of the server's answer: what shows *Undo* already must be what the key takes back. */
function onScreen(): Message | null {
  const { user } = me.value ?? {};
  const isMine = ({ from }: Message) => from.kind === "staff" && from.id === user?.id;
  return thread.value?.messages.findLast((each) => isMine(each) && undoLeft(each) > 0) ?? null;
}

/** My newest message that has not left the house; the open conversation's comes first. */
export function undoable(): Message | null {
  const open = [...lastOfMine.value.values()].filter((message) => undoLeft(message) > 0);
  const here = open.find((message) => message.conversation === place.value.conversation);
  return onScreen() ?? here ?? open.sort((one, other) => Date.parse(other.at) - Date.parse(one.at))[0] ?? null;
}

/** Nothing has gone out: the words, their way and their files come back into the composer, wherever the writer is by now. */
export function undoSend(message: Message): Promise<boolean> {
  return attempt(async () => {
    takeMessage(await actions.recall(message.id));
    putBack(message.conversation, message.body, choiceOfMessage(message), message.patient_only);
    bringBack(message.conversation, message.key);
    if (place.value.conversation !== message.conversation) await threads.open(message.conversation);
  });
}

/** What the key Z does: the last thing that can be undone. Whether words came back into the composer. */
export async function undo(): Promise<boolean> {
  const message = undoable();
  if (message) return undoSend(message);
  const last = toasts.value.findLast((each) => each.undo !== null);
  if (last) {
    dismiss(last.id);
    last.undo?.();
  }
  return false;
}

/** What I wrote here last comes back to be changed, if it was refused or has not left the house; whether there was such. */
export function changeLast(conversation: string): boolean {
  const refused = pending.value.findLast(
    (each) => each.draft.conversation === conversation && each.state === "refused",
  );
  const message = undoable();
  if (refused) desk.takeBack(refused.key);
  else if (message?.conversation === conversation) void undoSend(message);
  else return false;
  return true;
}

/** On purpose: the message goes, its words do not come back. */
export function takeBack(message: Message): Promise<boolean> {
  return attempt(async () => {
    takeMessage(await actions.recall(message.id));
    toast("Taken back");
  });
}
