/** The way from the rail to the unknown senders, while there are some. */

import { place } from "../store.ts";
import * as desk from "../strays.ts";
import { many } from "../words/counts.ts";
import { Icon } from "./icon.tsx";

/** For the views at the left: absent while nobody waits and it is not being looked at. */
export function StraysLink() {
  const count = desk.countHere();
  const isHere = place.value.strays;
  if (count === 0 && !isHere) return null;
  return (
    <li>
      <button type="button" aria-current={isHere ? "page" : undefined} onClick={() => void desk.show()}>
        <Icon name="unknown" />
        <span class="grow">Unknown senders</span>
        {count > 0 && (
          <span class="count" title={many(count, "unknown sender")}>
            {count}
          </span>
        )}
      </button>
    </li>
  );
}
