/** Drawing what the phone and the log show. Text is text: links are recognised and made as elements. */

import { byId, make } from "./dom.ts";
import type { Happened, Mail, Text } from "./shapes.ts";

const LINK = /https?:\/\/[^\s]+/g;
const SAID: Record<string, string> = {
  "text.received": "A text reached the phone",
  "text.written": "The patient sent a text from",
  mail: "The mail server took a mail for",
  "webhook.status": "The carrier reported on a text",
  "webhook.inbound": "The carrier handed a text to the clinic",
  post: "The worker handed the carrier a text for",
  reset: "Everything was cleared",
};
const HAS_NAME = /[@\d]/;

function time(at: string): string {
  return new Date(at).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
}

function words(text: string, open: (address: string) => void): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let end = 0;
  for (const found of text.matchAll(LINK)) {
    parts.push(text.slice(end, found.index));
    const link = make("a", found[0].replace(/^https?:\/\//, "")) as HTMLAnchorElement;
    link.href = found[0];
    link.addEventListener("click", (event) => {
      event.preventDefault();
      open(found[0]);
    });
    parts.push(link);
    end = found.index + found[0].length;
  }
  return [...parts, text.slice(end)];
}

/** Whether the list shows something else than these; another owner's phone may hold just as many. */
function isOther(list: HTMLElement, ids: string[]): boolean {
  const shown = ids.join(" ");
  const isSame = list.dataset.shown === shown;
  list.dataset.shown = shown;
  return !isSame;
}

export function showTexts(texts: Text[], open: (address: string) => void): void {
  const list = byId("texts");
  const ids = texts.map((text) => text.message_uuid);
  if (!isOther(list, ids)) return;
  list.replaceChildren(
    ...texts.map((text) => {
      const item = make("li", "", text.kind);
      const bubble = make("p", "");
      bubble.append(...words(text.text, open));
      item.append(bubble, make("time", time(text.at)));
      return item;
    }),
  );
  list.scrollTop = list.scrollHeight;
}

export function showMails(mails: Mail[], open: (address: string) => void): void {
  const list = byId("mails");
  byId("new-mails").textContent = mails.length ? String(mails.length) : "";
  const ids = mails.map((mail) => mail.message_id);
  if (!isOther(list, ids)) return;
  const items = mails.toReversed().map((mail) => {
    const item = make("li", "");
    const body = make("p", "", "mail-text");
    body.append(...words(mail.text, open));
    item.append(make("strong", mail.subject), make("time", time(mail.at)), body);
    return item;
  });
  list.replaceChildren(...(items.length ? items : [make("li", "No mail yet.", "nothing")]));
}

export function showLog(events: Happened[]): void {
  const log = byId("log");
  for (const event of events) {
    const said = SAID[event.kind] ?? event.kind.replace(/[._]/g, " ");
    const about = event.about.length < 36 && HAS_NAME.test(event.about) ? ` ${event.about}` : "";
    const item = make("li", "");
    item.append(make("time", new Date(event.at).toLocaleTimeString()), ` ${said}${about}`);
    log.prepend(item);
  }
  while (log.childElementCount > 30) log.lastElementChild?.remove();
}
