/** Saved replies: which are meant after ";", and their words for one patient, with nothing left to fill in. */

import type { SavedReply } from "../../../realtime/client/wire.gen.ts";
import { around, blanksIn } from "./blanks.ts";
import { languageName } from "./languages.ts";
import type { Asking } from "./mentions.ts";

const VARIABLES = ["patient first name", "my name", "clinic name", "clinic phone", "appointment"] as const;

export type Variable = (typeof VARIABLES)[number];
/** What this screen shows anyway; empty where it is not on file. Of appointments nothing is: each stays a blank. */
export type Values = Readonly<Record<Exclude<Variable, "appointment">, string>>;

/** In the words of the dialog. */
export const LISTED = VARIABLES.map((name) => `{${name}}`).join(", ");

const LACKING: Values = {
  "patient first name": "The patient’s first name is not on file",
  "my name": "Your name is not on file",
  "clinic name": "The clinic’s name is not on file",
  "clinic phone": "The clinic’s phone is not on file",
};

const NEEDED = Object.keys(LACKING) as (keyof Values)[];

/** A reply as it would be put in here. */
export interface Offer {
  reply: SavedReply;
  text: string;
  /** It is not in the patient's language. */
  hint: string | null;
  /** Why it cannot be put in. */
  obstacle: string | null;
}

const ASKING = /(?:^|[\s([{"“]);([\p{L}\p{M}\p{N}-]*)$/u;
const MOST = 8;
/** Shorter words are said by themselves, without anybody putting them in. */
const TELLING = 12;

/** What is asked for at the caret, or null: ";" counts at the beginning of a word. */
export function askingAt(body: string, caret: number): Asking | null {
  const typed = ASKING.exec(body.slice(0, caret))?.[1];
  return typed === undefined ? null : { at: caret - typed.length - 1, typed };
}

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Those whose shortcut begins so first, then those of whose title a word does. */
export function matching(replies: readonly SavedReply[], typed: string): SavedReply[] {
  const wanted = plain(typed);
  const byShortcut = replies.filter((each) => each.shortcut.startsWith(wanted));
  const byTitle = replies.filter((each) =>
    plain(each.title)
      .split(/\s+/)
      .some((word) => word.startsWith(wanted)),
  );
  return [...new Set([...byShortcut, ...byTitle])].slice(0, MOST);
}

/** Those of the clinic and of the team that writes. */
export function ofTeam(replies: readonly SavedReply[], team: string): SavedReply[] {
  return replies.filter((each) => each.team === null || each.team === team);
}

export function offer(reply: SavedReply, language: string, values: Values): Offer {
  const own = reply.bodies[language];
  const words = own ?? reply.bodies.en ?? "";
  const lacking = NEEDED.find((name) => words.includes(`{${name}}`) && values[name] === "");
  return {
    reply,
    text: filled(words, values),
    hint: own === undefined ? `No ${languageName(language)} text` : null,
    obstacle: lacking ? LACKING[lacking] : null,
  };
}

/** In one pass: what a name brings along is not looked at again. */
function filled(words: string, values: Values): string {
  const all: Readonly<Record<string, string>> = { ...values, appointment: "[appointment]" };
  return words.replace(/\{([^{}]*)\}/g, (whole, name: string) => all[name] || whole);
}

interface Put {
  body: string;
  caret: number;
  /** Until where something is selected. */
  end?: number;
}

/** The body with the words in place of what was typed, and where the caret stands then: after them, or on a blank. */
export function put(body: string, { at, typed }: Asking, text: string): Put {
  const [before, after] = [body.slice(0, at), body.slice(at + 1 + typed.length)];
  const said = { body: `${before}${text}${after}`, caret: at + text.length };
  const [blank] = blanksIn(text);
  return blank ? { ...said, caret: at + blank.at, end: at + blank.end } : said;
}

/** The private reply whose words stand in a body, in whatever language, and whatever its blanks were filled with. */
export function privateIn(body: string, replies: readonly SavedReply[], values: Values): SavedReply | null {
  const isIn = (words: string) => {
    const parts = around(filled(words, values));
    if (parts.length === 1) return words.length >= TELLING && body.includes(parts.join());
    const telling = parts.filter((part) => part.trim().length >= TELLING);
    return telling.length > 0 && telling.every((part) => body.includes(part));
  };
  return replies.find((each) => each.content === "private" && Object.values(each.bodies).some(isIn)) ?? null;
}
