/** "@" and a name in a note: whom it calls on, and whom the writer may mean while they type. */

import type { Colleague } from "../../../realtime/client/wire.gen.ts";

/** Where the "@" stands and what was typed after it. */
export interface Asking {
  at: number;
  typed: string;
}

const ASKING = /(?:^|[\s([])@([\p{L}\p{M}'’.-]*(?: [\p{L}\p{M}'’.-]*)?)$/u;
const MOST = 6;

/** What is asked for at the caret, or null. A name has blanks, so one is taken for a part of it. */
export function askingAt(body: string, caret: number): Asking | null {
  const typed = ASKING.exec(body.slice(0, caret))?.[1];
  return typed === undefined ? null : { at: caret - typed.length - 1, typed };
}

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Those whose name, or a part of it, begins so. */
export function named<C extends Colleague>(members: readonly C[], typed: string): C[] {
  const wanted = plain(typed);
  const fits = ({ name }: Colleague) => {
    const all = plain(name);
    return all.startsWith(wanted) || all.split(" ").some((part) => part.startsWith(wanted));
  };
  return members.filter(fits);
}

/** The same for a list under a field that something else is written in: a few. */
export const matching = (members: readonly Colleague[], typed: string) => named(members, typed).slice(0, MOST);

/** The body with the name in place of what was typed, and where the caret stands then. */
export function put(body: string, { at, typed }: Asking, { name }: Colleague): { body: string; caret: number } {
  const [before, after] = [body.slice(0, at), body.slice(at + 1 + typed.length)];
  const words = `@${name}${/^\s/.test(after) ? "" : " "}`;
  return { body: `${before}${words}${after}`, caret: before.length + words.length };
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Cuts a body at the names that are called in it; every second part is one of them, with its "@". */
export function cut(body: string, names: readonly string[]): string[] {
  if (names.length === 0) return [body];
  // The longer name first: "@Ana Ruiz-Soto" is not "@Ana Ruiz".
  const all = [...new Set(names)].sort((one, other) => other.length - one.length).map(escaped);
  return body.split(new RegExp(`(?<![\\p{L}\\p{N}@])(@(?:${all.join("|")}))(?![\\p{L}\\p{M}\\p{N}])`, "u"));
}

/** Whom a body calls on. Of several with the same name those are meant who were chosen, else all of them. */
export function called(body: string, members: readonly Colleague[], chosen: ReadonlySet<string>): Colleague[] {
  const parts = cut(
    body,
    members.map((each) => each.name),
  );
  const names = new Set(parts.filter((_, at) => at % 2 === 1).map((part) => part.slice(1)));
  return [...names].flatMap((name) => {
    const meant = members.filter((each) => each.name === name);
    const picked = meant.filter((each) => chosen.has(each.id));
    return picked.length > 0 ? picked : meant;
  });
}
