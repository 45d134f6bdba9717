/** Tags of conversations, and the clinic's set of them. */

import type { ColourName, Tag } from "../../realtime/client/wire.gen.ts";
import * as actions from "./actions.ts";
import { attempt, takeRow } from "./answers.ts";
import * as lists from "./lists.ts";
import * as mine from "./mine.ts";
import { inbox, me, place, thread } from "./store.ts";

export const COLOURS: readonly ColourName[] = ["grey", "teal", "blue", "violet", "pink", "red", "amber", "green"];

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
  return attempt(async () => takeRow(await (isOn ? actions.takeTagOff : actions.putTagOn)(conversation, tag.id)));
}

/** Shows only what has this tag; everything with null. */
export async function only(tag: Tag | null): Promise<void> {
  const { tag: _, ...rest } = place.value;
  lists.goTo(tag ? { ...rest, tag: tag.id } : rest);
  await lists.load();
}

/** Raises `Refused`: the form shows it beside its field. */
export async function create(name: string, colour: ColourName): Promise<void> {
  await actions.createTag(name, colour);
  await mine.refresh();
}

export function retire(tag: Tag): Promise<boolean> {
  return attempt(async () => {
    await actions.retireTag(tag.id);
    await mine.refresh();
  });
}
