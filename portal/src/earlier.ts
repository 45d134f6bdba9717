/** Earlier messages come in above, and what is being read stays where it is. */

import type { PortalMessage } from "../../realtime/client/wire.gen.ts";
import { ask } from "./ask.ts";
import { articles } from "./bubbles.ts";
import { byId } from "./page.ts";

export function offerEarlier(draw: (messages: PortalMessage[]) => void): void {
  const link = document.getElementById("earlier") as HTMLAnchorElement | null;
  let isAsking = false;

  async function more(link: HTMLAnchorElement): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    const answer = await ask(link.href);
    isAsking = false;
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

  link?.addEventListener("click", (event) => {
    event.preventDefault();
    void more(link);
  });
}
