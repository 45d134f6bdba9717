/** What was done with the conversation as a whole, as quiet lines between its messages. */

import type { WorkEvent } from "../../../realtime/client/wire.gen.ts";
import { me } from "../store.ts";
import { lineOf } from "../words/events.ts";
import { sentence } from "../words/time.ts";

export function Events({ events = [], now }: { events?: readonly WorkEvent[] | undefined; now: number }) {
  return (
    <>
      {events.map((event) => (
        <li key={event.id} class="event">
          {lineOf(event, me.value?.user.id, me.value?.organization.zone)}{" "}
          <time dateTime={event.at}>{sentence(event.at, now)}</time>
        </li>
      ))}
    </>
  );
}
