/** The reply form: what is sent stands in the list at once, and is tried again under the same key until it arrives. */

import { type Answer, type Entry, Outbox } from "../../realtime/client/outbox.ts";
import type { PortalMessage } from "../../realtime/client/wire.gen.ts";
import { ask } from "./ask.ts";
import { bubble } from "./bubbles.ts";
import { byId, conversation, hidden, make, say } from "./page.ts";

type Draft = { body: string };
const WRONG: Record<string, string> = {
  too_long: "send.long",
  hidden_characters: "send.hidden",
  key_reused: "send.reused",
  conversation_closed: "closed.call",
};

async function post(key: string, { body }: Draft): Promise<Answer<PortalMessage, string>> {
  const answer = await ask("/m/messages", { key, body, conversation });
  if (answer?.ok) return { kind: "sent", message: (await answer.json()) as PortalMessage };
  if (!answer || answer.status >= 429 || answer.status === 401) return { kind: "silence" };
  const { code } = (await answer.json().catch(() => ({}))) as { code?: string };
  return { kind: "refused", refusal: WRONG[code ?? ""] ?? "no.title" };
}

export interface Composing {
  onSent(message: PortalMessage): void;
  onTyping(): void;
}

/** Takes over the form; answers what to call when the wire brings one of our own messages. */
export function compose({ onSent, onTyping }: Composing): Outbox<Draft, PortalMessage, string> {
  const form = byId<HTMLFormElement>("reply");
  const field = byId<HTMLTextAreaElement>("body");
  const wrong = byId("wrong");
  const pending = make("div");
  byId("thread").after(pending);

  const outbox = new Outbox<Draft, PortalMessage, string>({ post, lineOf: () => "reply", onSent, onChange: show });

  function show(entries: readonly Entry<Draft, string>[]): void {
    const refused = entries.find((each) => each.state === "refused");
    if (refused) return giveBack(refused);
    const drawn = entries.map(({ draft, at, state }) =>
      bubble("own", say("thread.you"), draft.body, new Date(at), say(state === "waiting" ? "waiting" : "sending")),
    );
    pending.replaceChildren(...drawn);
    warnOnLeaving();
  }

  function giveBack({ key, draft, refusal }: Entry<Draft, string>): void {
    outbox.drop(key);
    field.value = [draft.body, field.value].filter(Boolean).join("\n");
    wrong.textContent = say(refusal ?? "no.title");
    wrong.hidden = false;
    field.focus();
  }

  function warnOnLeaving(): void {
    const isUnsent = outbox.entries.length > 0 || field.value.trim() !== "";
    window.onbeforeunload = isUnsent ? (event) => event.preventDefault() : null;
  }

  /** In another language, the page comes back with what was typed. */
  function speak(event: Event): void {
    const { name, value } = event.currentTarget as HTMLButtonElement;
    event.preventDefault();
    form.append(hidden(name, value));
    if (!outbox.entries.length) window.onbeforeunload = null;
    form.submit();
  }

  for (const each of document.querySelectorAll("button[name=language]")) each.addEventListener("click", speak);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const body = field.value.trim();
    if (!body) return field.focus();
    field.value = "";
    wrong.hidden = true;
    outbox.add({ body });
    pending.scrollIntoView({ block: "end" });
    field.focus();
  });
  field.addEventListener("input", () => {
    warnOnLeaving();
    onTyping();
  });
  return outbox;
}
