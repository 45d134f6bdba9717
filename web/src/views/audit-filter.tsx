/** What of the audit is asked for. */

import { useEffect, useState } from "preact/hooks";
import type { ActSort } from "../../../realtime/client/wire.gen.ts";
import type { Question } from "../audit.ts";
import * as reads from "../reads.ts";
import { me } from "../store.ts";
import { SORTS } from "../words/audit.ts";

interface AuditFilterProps {
  asked: Question;
  onAsk: (asked: Question) => void;
}

export function AuditFilter({ asked, onAsk }: AuditFilterProps) {
  const people = usePeople();
  const ask = (event: SubmitEvent) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string) => String(said.get(name) ?? "").trim();
    const { person, sort, source, from, to } = {
      person: text("person"),
      sort: text("sort") as ActSort | "",
      source: text("source"),
      from: text("from"),
      to: text("to"),
    };
    onAsk({ ...asked, person, sort, source, from, to, failed: said.has("failed") });
  };
  return (
    <form class="audit-filter" onSubmit={ask}>
      <label class="field">
        Who
        <select name="person">
          <option value="">Anybody</option>
          {people.map((each) => (
            <option key={each.id} value={each.id}>
              {each.name}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        What
        <select name="sort">
          <option value="">Anything</option>
          {Object.entries(SORTS).map(([sort, words]) => (
            <option key={sort} value={sort}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        From
        <input name="from" type="date" value={asked.from} />
      </label>
      <label class="field">
        To
        <input name="to" type="date" value={asked.to} />
      </label>
      <label class="field">
        Network address
        <input name="source" maxLength={45} autocomplete="off" spellcheck={false} value={asked.source} />
      </label>
      <label class="check">
        <input name="failed" type="checkbox" checked={asked.failed} />
        Only what failed
      </label>
      <button type="submit">Show</button>
    </form>
  );
}

/** Everybody on the staff, the one who asks first. */
function usePeople(): readonly { id: string; name: string }[] {
  const own = me.value ? [me.value.user] : [];
  const [others, setOthers] = useState<readonly { id: string; name: string }[]>([]);
  useEffect(() => {
    reads.coworkers().then(setOthers, () => undefined);
  }, []);
  return [...own, ...others];
}
