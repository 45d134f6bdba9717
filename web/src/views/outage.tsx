/** Under the header while a way out is in trouble; it goes by itself. What is new is spoken by the one polite region. */

import * as clock from "../clock.ts";
import { sending } from "../store.ts";
import { outage } from "../words/outages.ts";
import { Icon } from "./icon.tsx";

export function Outages() {
  return (
    <>
      {sending.value.map((way) => {
        const words = outage(way, clock.now.value);
        return (
          words && (
            <p key={way.by} class="strip outage">
              <Icon name="alert" />
              <span>{words}</span>
            </p>
          )
        );
      })}
    </>
  );
}
