/** The demo page: a patient's phone, played by the simulated carrier, beside the real inbox. */

import "./demo.css";
import { phone as phoneWords } from "../words/phone.ts";
import { events, mails, people, texts, write } from "./carrier.ts";
import { byId, select, tabs } from "./dom.ts";
import { showLog, showMails, showTexts } from "./draw.ts";
import * as filling from "./fill.ts";
import { photo } from "./photo.ts";
import type { Person, Text } from "./shapes.ts";
import * as tools from "./tools.ts";
import * as tour from "./tour.ts";

const POLL = 700;
const FIRST = "Earl Jennings";
const PLACES = { dana: "/inbox", sam: "/~2/inbox", nia: "/~3/inbox" };
const SHOWN: Record<string, readonly string[]> = { both: ["dana", "sam"], colleagues: ["dana", "nia"] };
const phone = tabs(["messages", "mail", "browser"]);
let everybody: Person[] = [];
let numbers: { number: string; team: string }[] = [];
let position = 0;

const whose = byId<HTMLSelectElement>("whose");
/** To which of the clinic's numbers this phone writes: to whoever wrote last, as people do, unless one was chosen. */
const to = byId<HTMLSelectElement>("to");
let isChosen = false;

function owner(): Person | undefined {
  return everybody.find((person) => person.name === whose.value);
}

/** Open a link of the clinic in the phone's browser. */
function openLink(address: string): void {
  const page = byId<HTMLIFrameElement>("page");
  page.hidden = false;
  byId("no-page").hidden = true;
  page.src = new URL(address).pathname;
  phone.show("browser");
}

function aim(last: Text | undefined): void {
  if (!isChosen) to.value = numbers.find((each) => each.number.endsWith(last?.other ?? ""))?.number ?? to.value;
}

async function refresh(): Promise<void> {
  const person = owner();
  if (!person) return;
  const received = person.phone ? await texts(person.phone) : [];
  showTexts(received, openLink);
  showMails(person.email ? await mails(person.email) : [], openLink);
  const last = received.findLast((text) => text.kind === "received");
  aim(last);
  byId("from").textContent = last
    ? (numbers.find((each) => each.number.endsWith(last.other))?.team ?? "")
    : "No texts yet";
}

function changeOwner(): void {
  const person = owner();
  isChosen = false;
  byId("phone-number").textContent = person?.phone ?? "no phone";
  byId("hint").textContent = person?.born ? `Date of birth for the check: ${person.born}` : "No date of birth on file";
  byId("fill").hidden = byId("misfill").hidden = !person?.born;
  tools.show(person);
  byId("filled").textContent = "";
  byId<HTMLIFrameElement>("page").hidden = true;
  byId("no-page").hidden = false;
  phone.show("messages");
  void refresh();
}

async function watch(): Promise<void> {
  const news = await events(position);
  if (news.events.length > 0 || news.at < position) {
    position = news.at;
    showLog(news.events);
    const mine = news.events.some(
      (event) => event.kind.startsWith("text.received") && owner()?.phone?.endsWith(event.about),
    );
    if (mine)
      byId("messages")
        .closest(".phone")
        ?.animate([{ translate: "-3px" }, { translate: "3px" }, { translate: "0" }], { duration: 90, iterations: 4 });
    await refresh();
  }
}

async function answer(text: string, image?: string): Promise<boolean> {
  const person = owner();
  if (!person?.phone) return false;
  // Perhaps a moment ago it was somebody else's phone.
  aim((await texts(person.phone)).findLast((each) => each.kind === "received"));
  return write(person.phone, { to: to.value, text, ...(image ? { image, type: "image/jpeg" } : {}) });
}

async function send(event: SubmitEvent): Promise<void> {
  event.preventDefault();
  const field = byId<HTMLInputElement>("text");
  const text = field.value.trim();
  if (text && (await answer(text))) field.value = "";
}

function listenToQuickReplies(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-says]")) {
    button.addEventListener("click", () => void answer(button.dataset.says ?? ""));
  }
  byId("picture").addEventListener("click", () => void answer("Here is a picture", photo()));
}

const called = (name: string): Person | undefined => everybody.find((each) => each.name.startsWith(name));

/** Take up somebody's phone, by their first name. */
function take(name: string): void {
  whose.value = called(name)?.name ?? whose.value;
  changeOwner();
}

/** Tap the newest link on this phone; false where there is none. */
async function tapNewest(): Promise<boolean> {
  const phone = owner()?.phone;
  const received = phone ? await texts(phone) : [];
  const link = received.findLast((each) => each.kind === "received")?.text.match(/https?:\/\/\S+/)?.[0];
  if (link) openLink(link);
  return link !== undefined;
}

function showDesk(which: string): void {
  const desks = byId("desks");
  const shown = SHOWN[which] ?? [which];
  desks.classList.toggle("both", shown.length > 1);
  for (const name of Object.keys(PLACES)) byId(name).hidden = !shown.includes(name);
  // Loaded when she is looked at first: until then nobody is there.
  const nia = byId<HTMLIFrameElement>("nia");
  if (shown.includes("nia") && !nia.getAttribute("src")) nia.src = PLACES.nia;
  byId<HTMLAnchorElement>("alone").href = PLACES[shown.at(-1) as keyof typeof PLACES] ?? PLACES.dana;
}

async function start(): Promise<void> {
  const found = await people().catch(() => null);
  // Dana's screen is locked.
  if (!found) return void setTimeout(() => void start(), POLL);
  everybody = found.people.filter((person) => person.phone || person.email);
  numbers = found.numbers;
  select(whose, everybody.map((person) => person.name).toSorted());
  to.replaceChildren(...numbers.map(({ number, team }) => new Option(`${team} · ${phoneWords(number)}`, number)));
  to.addEventListener("change", () => {
    isChosen = true;
  });
  whose.value = FIRST;
  whose.addEventListener("change", changeOwner);
  listenToQuickReplies();
  byId<HTMLFormElement>("write").addEventListener("submit", (event) => void send(event));
  const desks = tabs(["dana", "sam", "nia", "both", "colleagues"], showDesk);
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-phone]")) {
    button.addEventListener("click", () => take(button.dataset.phone ?? ""));
  }
  filling.listen(owner, phone.show);
  tools.listen(
    everybody,
    numbers.map((each) => each.number),
    owner,
  );
  tour.listen({ person: called, phone: take, tap: tapNewest, answer, desk: desks.show });
  changeOwner();
  const tick = (): void => {
    byId("phone-time").textContent = new Date().toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
    watch()
      .catch(() => undefined)
      .finally(() => setTimeout(tick, POLL));
  };
  tick();
}

void start();
