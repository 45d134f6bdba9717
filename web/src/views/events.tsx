/** What was done with the conversation as a whole, as quiet lines between its messages. */

import type { WorkEvent } from "../../../realtime/client/wire.gen.ts";
import { me } from "../store.ts";
import { lineOf } from "../words/events.ts";
import { day, sentence } from "../words/time.ts";

interface EventLineProps {
  event: WorkEvent;
  startsDay: boolean;
  now: number;
}

export function EventLine({ event, startsDay, now }: EventLineProps) {
  return (
    <li class="event">
      {startsDay && <h2 class="day">{day(event.at, now)}</h2>}
      {lineOf(event, me.value?.user.id, me.value?.organization.zone)}{" "}
      <time dateTime={event.at}>{sentence(event.at, now)}</time>
    </li>
  );
}
