/** What the server wrote into the page for its script. */

const thread = document.getElementById("thread");
export const paper = document.getElementById("document");
/** Beside the thread only what is said of the session's end stands there. */
export const inside = thread ?? document.getElementById("inside");
const said = inside?.dataset ?? {};
const words = JSON.parse(said.words ?? "{}") as Record<string, string>;

export const stream = { id: said.stream ?? "", epoch: said.epoch ?? "", at: Number(said.at ?? 0) };
export const conversation = said.conversation ?? "";
export const zone = said.zone ?? "UTC";
export const idleSeconds = Number(said.idle ?? 900);
/** When the sentence about answering is to be asked again; empty for never. */
export const changesAt = said.changes ?? "";
export const { lang: language } = document.documentElement;
/** For dates and times. Digits are the same in every language here, as the server writes them. */
export const locale = `${language}-u-nu-latn`;

export const csrf = (): string => document.querySelector<HTMLInputElement>("input[name=csrf]")?.value ?? "";

/** One sentence in the page's language. */
export const say = (key: string, name = ""): string => (words[key] ?? "").replace("{name}", name);

export function byId<E extends HTMLElement>(id: string): E {
  const found = document.getElementById(id);
  if (!found) throw new Error(id);
  return found as E;
}

export function make(tag: string, text = "", className = ""): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

export function hidden(name: string, value: string): HTMLInputElement {
  const field = make("input") as HTMLInputElement;
  return Object.assign(field, { type: "hidden", name, value });
}

/** The server shows the page of whatever is true now: the thread, the question, or that the session is over. */
export function leave(): void {
  window.onbeforeunload = null;
  location.replace(conversation ? `/m/thread?c=${conversation}` : "/m/thread");
}
