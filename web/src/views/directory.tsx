/** The directory: everybody whom the clinic cares for, and who works there. */

import { useEffect, useRef } from "preact/hooks";
import * as directories from "../directory.ts";
import { directory, entry, heard } from "../directory-place.ts";
import { load, refresh, take } from "../listing.ts";
import { DirectoryCoworkers } from "./directory-coworkers.tsx";
import { EntryPane } from "./directory-entry.tsx";
import { DirectoryList } from "./directory-list.tsx";
import { Icon } from "./icon.tsx";

const SOON = 700;

export function Directory() {
  const place = directory.value;
  useHearing();
  useEffect(() => void (entry.value && take(entry.value)), [entry.value]);
  if (!place) return null;
  return (
    <>
      <section class="list" aria-label="Directory">
        <header>
          <h1>Directory</h1>
          <Tabs isCoworkers={place.tab === "coworkers"} />
        </header>
        {place.tab === "coworkers" ? <DirectoryCoworkers /> : <DirectoryList sort={place.sort} />}
      </section>
      {place.tab === "patients" && <EntryPane key={place.patient} id={place.patient} />}
    </>
  );
}

function Tabs({ isCoworkers }: { isCoworkers: boolean }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: two buttons that belong together, and no fields.
    <div class="modes" role="group" aria-label="Whom to show">
      <button
        type="button"
        aria-pressed={!isCoworkers}
        onClick={() => directories.show({ tab: "patients", patient: null })}
      >
        <Icon name="person" size={14} /> Patients
      </button>
      <button
        type="button"
        aria-pressed={isCoworkers}
        onClick={() => directories.show({ tab: "coworkers", patient: null })}
      >
        <Icon name="team" size={14} /> Coworkers
      </button>
    </div>
  );
}

/** What the wire says comes a moment later, together with what else it says. */
function useHearing(): void {
  const { count } = heard.value;
  const { sort, tag } = directory.value ?? {};
  const known = useRef(count);
  useEffect(() => void load(), [sort, tag]);
  useEffect(() => {
    if (count === known.current) return;
    const timer = setTimeout(() => void refresh(), SOON);
    return () => clearTimeout(timer);
  }, [count]);
}
