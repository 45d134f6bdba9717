/** The clinic's set of tags. */

import type { ColourName, Tag } from "../../realtime/client/wire.gen.ts";
import * as actions from "./actions.ts";
import { attempt } from "./answers.ts";
import * as mine from "./mine.ts";

export const COLOURS: readonly ColourName[] = ["grey", "teal", "blue", "violet", "pink", "red", "amber", "green"];

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
