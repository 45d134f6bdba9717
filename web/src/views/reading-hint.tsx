/** A quiet word to whoever writes more than a patient can easily read. It is no live region: it must not interrupt. */

import { useEffect, useState } from "preact/hooks";
import { Icon } from "./icon.tsx";

const PAUSE = 600;
/** Shorter than this there cannot be enough words to judge. */
const SHORT = 60;

export function ReadingHint({ body, language }: { body: string; language: string }) {
  const [hint, setHint] = useState<string | null>(null);
  useEffect(() => {
    if (body.length < SHORT) return setHint(null);
    let isOver = false;
    const timer = setTimeout(async () => {
      const { readingHint } = await import("../words/reading.ts");
      if (!isOver) setHint(readingHint(body, language));
    }, PAUSE);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [body, language]);
  if (!hint) return null;
  return (
    <p class="hint" id="reading-hint">
      <Icon name="eye" size={14} /> {hint}
    </p>
  );
}
