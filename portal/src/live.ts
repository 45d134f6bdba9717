/** The open conversation: what happens elsewhere appears here, and what is seen here is told. */

import { Live, type LiveState } from "../../realtime/client/live.ts";
import type { PortalFact, PortalFrame, PortalMessage, Signal, StreamAt } from "../../realtime/client/wire.gen.ts";
import { ask } from "./ask.ts";
import { adviceOf, articles, draw, keepOnly } from "./bubbles.ts";
import { compose } from "./composer.ts";
import { watchIdle } from "./idle.ts";
import { listenWith, offer } from "./listen.ts";
import { byId, changesAt, conversation, leave, say, stream } from "./page.ts";
import { Viewed } from "./viewed.ts";

type Fresh = { streams: StreamAt[]; messages: PortalMessage[]; hours: string; changes_at: string | null };
type Frame = Exclude<PortalFrame, { t: "refused" }>;
const TYPING_EVERY = 3000;
const TYPING_LASTS = 6000;
const NEAR = 200;
/** The team may change its hours at any time. */
const HOURS_EVERY = 300_000;

export function goLive(): void {
  const latest = byId("latest");
  const viewed = new Viewed((numbers) => ask("/m/viewed", { numbers, conversation }));
  const writing = byId("writing");
  let typed = 0;
  let written = 0;
  let changing = 0;

  const act = watchIdle();
  const composer = compose({ onSent: (message) => show([message]), onTyping: tellTyping, onProgress: act });
  const live = new Live<PortalFact>({
    url: `${location.protocol.replace("http", "ws")}//${location.host}/live/portal/`,
    build: "",
    fetchFacts,
    polling: { after: 5, every: 5000, may: () => document.visibilityState === "visible" },
    onFacts: (_, facts) => facts.forEach(take),
    onAfresh: () => void refresh(),
    onState: tell,
    onSignal: hear,
  });

  function take(fact: PortalFact): void {
    if ("messages" in fact && fact.conversation === conversation) show(fact.messages);
  }

  function show(messages: PortalMessage[]): void {
    const isNear = latest.getBoundingClientRect().top < window.innerHeight + NEAR;
    for (const message of messages) {
      if (message.key) composer.heard(message.key);
      if (!draw(message)) continue;
      reopen();
      announce(message);
    }
    attend();
    if (isNear) latest.scrollIntoView({ block: "end" });
  }

  function attend(): void {
    viewed.watch(articles());
    offer(articles());
  }

  /** Whatever is written opens a conversation that was closed. */
  function reopen(): void {
    document.getElementById("closed")?.remove();
    byId("reply").hidden = false;
  }

  function addEarlier(messages: PortalMessage[]): void {
    for (const message of messages) draw(message);
    attend();
  }

  function announce({ from, who, number, urgent }: PortalMessage): void {
    if (urgent) byId("spoken").textContent = adviceOf(number);
    if (from !== "care") return;
    writing.hidden = true;
    byId("spoken").textContent = say("thread.new", who);
  }

  async function fetchFacts({ epoch, at }: StreamAt): Promise<Frame[] | null> {
    const answer = await ask(`/m/facts?epoch=${encodeURIComponent(epoch)}&after=${at}`);
    return answer?.ok ? ((await answer.json()) as { frames: Frame[] }).frames : null;
  }

  async function refresh(): Promise<void> {
    const fresh = await askHours();
    if (!fresh) return;
    keepOnly(fresh.messages);
    show(fresh.messages);
    live.rebase(fresh.streams);
  }

  /** What is said about answering. The messages that come with it may be older than what is here. */
  async function askHours(): Promise<Fresh | undefined> {
    askHoursAt(null);
    const answer = await ask(`/m/thread?c=${conversation}`);
    if (!answer?.ok) return;
    const fresh = (await answer.json()) as Fresh;
    byId("answers").textContent = fresh.hours;
    askHoursAt(fresh.changes_at);
    return fresh;
  }

  /** The team opens or closes then, and what is said about answering with it. */
  function askHoursAt(at: string | null): void {
    clearTimeout(changing);
    const wait = Math.min(at ? Date.parse(at) - Date.now() : HOURS_EVERY, HOURS_EVERY);
    changing = window.setTimeout(askHours, Math.max(wait, 0) + 1000);
  }

  function tell(state: LiveState): void {
    const note = byId("connection");
    note.hidden = state.name === "live" || state.name === "catching-up";
    note.textContent = note.hidden ? "" : say("offline");
    if (state.name === "live") composer.nudge();
    if (state.name === "ended") leave();
  }

  function tellTyping(): void {
    if (Date.now() - typed < TYPING_EVERY) return;
    typed = Date.now();
    live.signal("typing", conversation);
  }

  function hear({ kind, conversation: where }: Signal): void {
    if (where !== conversation) return;
    writing.hidden = kind !== "typing";
    clearTimeout(written);
    written = window.setTimeout(() => {
      writing.hidden = true;
    }, TYPING_LASTS);
  }

  byId("check-new").hidden = true;
  void ask("/m/script", {});
  viewed.watch(articles());
  listenWith(articles);
  let isAsking = false;
  document.getElementById("earlier")?.addEventListener("click", async (event) => {
    event.preventDefault();
    if (isAsking) return;
    isAsking = true;
    const link = event.target as HTMLAnchorElement;
    const part = await import("./earlier.ts").catch(() => null);
    if (part) await part.loadEarlier(link, addEarlier);
    else location.assign(link.href);
    isAsking = false;
  });
  askHoursAt(changesAt);
  live.start([stream]);
  if (!location.hash) latest.scrollIntoView({ block: "end" });
  // A form that goes its plain way leaves this page: an ended session must not overtake its answer.
  document.addEventListener("submit", (event) => event.defaultPrevented || live.stop());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return;
    live.nudge();
    void askHours();
  });
  window.addEventListener("online", () => live.online(true));
  window.addEventListener("offline", () => live.online(false));
}
