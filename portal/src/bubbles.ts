/** Draws messages into the list as the server does. Words are only ever set as text. */

import type { PortalMessage } from "../../realtime/client/wire.gen.ts";
import { byId, locale, make, say, zone } from "./page.ts";

const list = () => byId("thread");
const clock = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", hour12: true, timeZone: zone });
const weekday = new Intl.DateTimeFormat(locale, { weekday: "long", month: "long", day: "numeric", timeZone: zone });
const calendar = new Intl.DateTimeFormat("en-CA", {
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  timeZone: zone,
});

const numberOf = (article: HTMLElement): number => Number(article.dataset.number);
export const articles = (): HTMLElement[] => Array.from(list().querySelectorAll<HTMLElement>("article[data-number]"));

/** What stands for a picture among the words while it is not here. */
const PICTURE = "[picture]";

/** `ar` where most letters are Arabic; else nobody knows, and it is not that of the page. */
function languageOf(body: string): string {
  const letters = body.match(/\p{L}/gu) ?? [];
  const arabic = body.match(/[\u0620-\u064a]/g) ?? [];
  return arabic.length * 2 > letters.length ? "ar" : "";
}

/** One message. `state` is what stands under it. */
export function bubble(
  kind: "own" | "care" | "care family",
  who: string,
  body: string,
  at: Date,
  state: string,
): HTMLElement {
  const article = make("article", "", kind);
  const head = make("h3");
  // Browsers differ in the blanks they write; the server's never break.
  const time = make("time", clock.format(at).replace(/\s/g, "\u00a0"));
  time.setAttribute("datetime", at.toISOString());
  head.append(make("bdi", who), " ", time);
  article.append(head);
  if (body) {
    const words = make("p", body, "body");
    words.dir = "auto";
    words.lang = languageOf(body);
    article.append(words);
  }
  if (state) article.append(make("p", state, "state"));
  return article;
}

/** The same with the pictures and documents that came with it. */
function drawn(message: PortalMessage): HTMLElement {
  const isOwn = message.from === "you";
  const kept = message.files.filter((file) => file.state === "kept");
  const pictures = kept.map((file) => (file.kind === "picture" ? picture(file) : paper(file)));
  const body = pictures.length ? message.body.replace(PICTURE, "").trim() : message.body;
  const who = isOwn ? say("thread.you") : message.who;
  const kind = isOwn ? "own" : message.from === "care" ? "care" : "care family";
  const article = bubble(kind, who, body, new Date(message.at), stateOf(message));
  article.firstElementChild?.after(...pictures);
  if (message.urgent) article.querySelector(".state")?.before(advice());
  article.dataset.number = String(message.number);
  if (message.from === "care" && !message.viewed) article.dataset.new = "";
  return article;
}

const CALLS: Record<string, string> = { "{emergency}": "911", "{crisis}": "988" };

/** Whom to call, where the reader's own words may be urgent. */
function advice(): HTMLElement {
  const line = make("p", "", "advice");
  for (const part of say("urgent.own").split(/({\w+})/)) {
    const phone = CALLS[part];
    line.append(phone ? call(phone) : part);
  }
  return line;
}

/** The same as a sentence to be spoken. */
export const adviceOf = (number: number): string =>
  articles()
    .find((each) => numberOf(each) === number)
    ?.querySelector(".advice")?.textContent ?? "";

function call(phone: string): HTMLElement {
  const apart = make("bdi");
  const link = make("a", phone) as HTMLAnchorElement;
  link.href = `tel:${phone}`;
  apart.append(link);
  return apart;
}

/** What stands under a message: how it went, and whether the care team has read it. */
function stateOf({ from, private: isPrivate, unencrypted, care_read }: PortalMessage): string {
  const sent = isPrivate ? "private.only" : unencrypted ? "unencrypted" : from === "you" ? "sent" : "";
  return [sent, care_read ? "care.read" : ""]
    .filter(Boolean)
    .map((key) => say(key))
    .join(" · ");
}

function picture({ id, width, height }: PortalMessage["files"][number]): HTMLElement {
  const image = make("img") as HTMLImageElement;
  image.src = `/m/files/${id}`;
  image.width = width ?? 0;
  image.height = height ?? 0;
  image.alt = say("thread.picture");
  image.loading = "lazy";
  return image;
}

/** A document opens on a page of its own. */
function paper({ id, name }: PortalMessage["files"][number]): HTMLElement {
  const words = make("p");
  const link = make("a", name ?? say("doc.title"), "file") as HTMLAnchorElement;
  link.href = `/m/documents/${id}`;
  words.append(link);
  return words;
}

function day(at: Date): HTMLElement {
  const section = make("section", "", "day");
  section.dataset.date = calendar.format(at);
  section.append(make("h2", weekday.format(at)));
  return section;
}

/** Puts an article where its number belongs: into the day of a neighbour, or into a day of its own. */
function place(article: HTMLElement, number: number, at: Date): void {
  const all = articles();
  const following = all.find((each) => numberOf(each) > number);
  const before = all.filter((each) => numberOf(each) < number).pop();
  const date = calendar.format(at);
  const isOf = (each?: HTMLElement) => each?.parentElement?.dataset.date === date;
  if (before && isOf(before)) return before.after(article);
  if (following && isOf(following)) return following.before(article);
  const section = day(at);
  section.append(article);
  if (before?.parentElement) before.parentElement.after(section);
  else list().prepend(section);
}

/** Takes away what the care team took back, and a day that is empty then. */
function erase(article?: HTMLElement): void {
  const section = article?.parentElement;
  article?.remove();
  if (section && !section.querySelector("article")) section.remove();
}

/** Takes away what a fresh copy of the newest messages no longer has. */
export function keepOnly(messages: PortalMessage[]): void {
  const kept = new Set(messages.map((each) => each.number));
  const first = messages[0]?.number ?? 0;
  for (const each of articles()) if (numberOf(each) >= first && !kept.has(numberOf(each))) erase(each);
}

/** Draws a message that is not there yet; true if it was drawn now. One that is there gets its picture, or goes. */
export function draw(message: PortalMessage): boolean {
  const there = articles().find((each) => numberOf(each) === message.number);
  if (message.gone) {
    erase(there);
    return false;
  }
  if (there) {
    if (message.viewed) there.removeAttribute("data-new");
    const state = there.querySelector(".state");
    if (state) state.textContent = stateOf(message);
    const kept = message.files.filter((file) => file.state === "kept");
    if (kept.length > there.querySelectorAll("img,.file").length) there.replaceWith(drawn(message));
    return false;
  }
  document.getElementById("none")?.remove();
  place(drawn(message), message.number, new Date(message.at));
  return true;
}
