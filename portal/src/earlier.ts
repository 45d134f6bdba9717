/** Earlier messages come in above, and what is being read stays where it is. */

import type { PortalMessage } from "../../realtime/client/wire.gen.ts";
import { ask } from "./ask.ts";
import { articles } from "./bubbles.ts";
import { byId } from "./page.ts";

/** `link` leads to the page before; it follows what has been loaded, and goes with the last of it. */
export async function loadEarlier(link: HTMLAnchorElement, draw: (messages: PortalMessage[]) => void): Promise<void> {
  const answer = await ask(link.href);
  // The browser goes there by itself, and says what is in the way.
  if (!answer?.ok) return location.assign(link.href);
  const { messages, before } = (await answer.json()) as { messages: PortalMessage[]; before: number | null };
  const [first] = articles();
  const was = first?.getBoundingClientRect().top ?? 0;
  draw(messages);
  if (before) link.search = link.search.replace(/before=\d+/, `before=${before}`);
  else {
    link.remove();
    byId("thread").focus({ preventScroll: true });
  }
  if (first) window.scrollBy(0, first.getBoundingClientRect().top - was);
}
