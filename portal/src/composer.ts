/** The reply form: what is sent stands in the list at once, and is tried again under the same key until it arrives. */

import { type Answer, type Entry, Outbox } from "../../realtime/client/outbox.ts";
import type { PortalMessage } from "../../realtime/client/wire.gen.ts";
import { ask } from "./ask.ts";
import { basket } from "./basket.ts";
import { bubble } from "./bubbles.ts";
import { byId, conversation, hidden, make, say } from "./page.ts";

/** `files` are keys of uploads; the words go when those are there. */
type Draft = { body: string; files: string[] };
const WRONG: Record<string, string> = {
  too_long: "send.long",
  hidden_characters: "send.hidden",
  key_reused: "send.reused",
  conversation_closed: "closed.call",
};

export interface Composing {
  onSent(message: PortalMessage): void;
  onTyping(): void;
  /** A piece of a file has arrived: the person waits for it and does nothing else. */
  onProgress(): void;
}

export interface Composer {
  /** The wire brought this message of ours. */
  heard(key: string): void;
  nudge(): void;
}

/** Takes over the form. */
export function compose({ onSent, onTyping, onProgress }: Composing): Composer {
  const form = byId<HTMLFormElement>("reply");
  const field = byId<HTMLTextAreaElement>("body");
  const wrong = byId("wrong");
  const pending = make("div");
  byId("thread").after(pending);

  const uploads = basket(form, { onChange: show, onProgress, onLost: () => warn("files.lost") });
  const outbox = new Outbox<Draft, PortalMessage, string>({ post, lineOf: () => "reply", onSent, onChange: show });

  async function post(key: string, draft: Draft): Promise<Answer<PortalMessage, string>> {
    const there = await uploads.arrived(draft.files);
    if (there.some((each) => each.state === "refused")) return { kind: "refused", refusal: "files.look" };
    const { body } = draft;
    const answer = await ask("/m/messages", { key, body, conversation, files: there.map((each) => each.id) });
    if (answer?.ok) {
      const message = (await answer.json()) as PortalMessage;
      uploads.forget(draft.files);
      return { kind: "sent", message };
    }
    if (!answer || answer.status >= 429 || answer.status === 401) return { kind: "silence" };
    const { code } = (await answer.json().catch(() => ({}))) as { code?: string };
    return { kind: "refused", refusal: WRONG[code ?? ""] ?? "no.title" };
  }

  /** What goes with none of the entries is still the form's. */
  const added = () =>
    uploads.all().filter((each) => !outbox.entries.some(({ draft }) => draft.files.includes(each.key)));

  function show(): void {
    const refused = outbox.entries.find((each) => each.state === "refused");
    if (refused) return giveBack(refused);
    pending.replaceChildren(...outbox.entries.map(drawn));
    uploads.show(added());
    warnOnLeaving();
  }

  function drawn({ draft, at, state }: Entry<Draft, string>): HTMLElement {
    const theirs = uploads.all().filter((each) => draft.files.includes(each.key));
    const isWaiting = state === "waiting" || theirs.some((each) => each.state === "waiting");
    const words = [draft.body, ...theirs.map(uploads.line)].filter(Boolean).join("\n");
    return bubble("own", say("thread.you"), words, new Date(at), say(isWaiting ? "waiting" : "sending"));
  }

  function giveBack({ key, draft, refusal }: Entry<Draft, string>): void {
    outbox.drop(key);
    field.value = [draft.body, field.value].filter(Boolean).join("\n");
    warn(refusal ?? "no.title");
    field.focus();
  }

  function warn(words: string): void {
    wrong.textContent = say(words);
    wrong.hidden = false;
  }

  function warnOnLeaving(): void {
    const isUnsent = outbox.entries.length > 0 || uploads.all().length > 0 || field.value.trim() !== "";
    window.onbeforeunload = isUnsent ? (event) => event.preventDefault() : null;
  }

  /** In another language, the page comes back with what was typed. */
  function speak(event: Event): void {
    const { name, value } = event.currentTarget as HTMLButtonElement;
    event.preventDefault();
    form.append(hidden(name, value));
    if (!outbox.entries.length && !uploads.all().length) window.onbeforeunload = null;
    form.submit();
  }

  for (const each of document.querySelectorAll("button[name=language]")) each.addEventListener("click", speak);
  field.required = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const body = field.value.trim();
    const all = added();
    if (all.some((each) => each.state === "refused")) return warn("files.look");
    if (!body && all.length === 0) return field.focus();
    field.value = "";
    wrong.hidden = true;
    outbox.add({ body, files: all.map((each) => each.key) });
    pending.scrollIntoView({ block: "end" });
    field.focus();
  });
  field.addEventListener("input", () => {
    warnOnLeaving();
    onTyping();
  });
  return {
    heard(key) {
      const entry = outbox.entries.find((each) => each.key === key);
      outbox.heard(key);
      uploads.forget(entry?.draft.files ?? []);
    },
    nudge() {
      uploads.nudge();
      outbox.nudge();
    },
  };
}
