/** Tags of conversations, and who changes the clinic's set of them. */

import type { Tag } from "../../realtime/client/wire.gen.ts";
import * as actions from "./actions.ts";
import { attempt, takeRow } from "./answers.ts";
import { inbox, me, thread, toast } from "./store.ts";

/** Supervisors and administrators say which there are. */
export const mayManage = (): boolean => ["supervisor", "admin"].includes(me.value?.user.role ?? "");

/** What can be put on a conversation, and what it has although that was retired. */
export function choices(on: readonly Tag[]): readonly Tag[] {
  const all = me.value?.tags ?? [];
  return [...all, ...on.filter((each) => !all.some((tag) => tag.id === each.id))];
}

export function toggle(conversation: string, tag: Tag): Promise<boolean> {
  const row = thread.value?.row.id === conversation ? thread.value.row : inbox.value?.rows.get(conversation);
  const isOn = row?.tags.some((each) => each.id === tag.id);
  return attempt(async () => {
    takeRow(await (isOn ? actions.takeTagOff : actions.putTagOn)(conversation, tag.id));
    const words = isOn ? `Tag “${tag.name}” taken off` : `Tagged “${tag.name}”`;
    // What is retired is put on nothing more.
    const canGoBack = !isOn || me.value?.tags.some(({ id }) => id === tag.id);
    toast(words, canGoBack ? { undo: () => void toggle(conversation, tag) } : {});
  });
}
