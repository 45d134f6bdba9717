/** Before the session ends: over everything, and in nobody's way. */

import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { announce } from "../announce.ts";
import * as session from "../session-end.ts";
import { many } from "../words/counts.ts";
import { EmergencyBanner } from "./emergency.tsx";
import { Icon } from "./icon.tsx";

const words = (minutes: number) =>
  `Your session ends in ${minutes > 0 ? many(minutes, "minute") : "less than a minute"}.`;

const HOW = "Sign in again to go on; what you are writing is kept.";

export function SessionWarning() {
  const box = useRef<HTMLDivElement>(null);
  const ending = session.ending.value;
  const step = ending && (ending.isLast ? "last" : "first");
  useLayoutEffect(() => void (step && box.current?.showPopover?.()), [step]);
  useEffect(() => {
    if (ending) announce(`${words(ending.minutes)} ${HOW}`);
  }, [step]);
  if (!ending) return <EmergencyBanner />;
  return (
    <div ref={box} class={`lock-warning session-warning ${step}`} popover="manual">
      <Icon name="clock" />
      <span>
        {words(ending.minutes)} <small>{HOW}</small>
      </span>
      <button type="button" onClick={() => void session.signInAgain()}>
        Sign in again
      </button>
      {!ending.isLast && (
        <button type="button" onClick={session.later}>
          Later
        </button>
      )}
    </div>
  );
}
