/** Sensitive conversations: the line beside the conversation, and the dialog that says who may open it. */

import { useEffect, useState } from "preact/hooks";
import type { Colleague, Row } from "../../../realtime/client/wire.gen.ts";
import { known, takeRow } from "../answers.ts";
import * as guarding from "../guarding.ts";
import { Refused } from "../http.ts";
import { dialog, me, members, toast } from "../store.ts";
import { inWords } from "../words/refusals.ts";
import * as work from "../work.ts";
import { Closing } from "./closing.tsx";
import { useFirstFocus } from "./focus.ts";
import { Icon } from "./icon.tsx";
import { Modal } from "./modal.tsx";
import { useOthers } from "./note-field.tsx";

export function SensitiveLine({ row, mayAct }: { row: Row; mayAct: boolean }) {
  if (!mayAct && !row.sensitive) return null;
  const open = () => (dialog.value = { name: "sensitive", conversation: row.id });
  return (
    <p class="view-as">
      {row.sensitive && (
        <span>
          <Icon name="lock" size={14} /> Sensitive: only some people see this conversation.
        </span>
      )}
      {mayAct && (
        <button type="button" class="link" onClick={open}>
          {!row.sensitive && <Icon name="lock" size={14} />} {row.sensitive ? "Change…" : "Mark as sensitive…"}
        </button>
      )}
    </p>
  );
}

interface DialogProps {
  conversation: string;
  onClose: () => void;
}

export function SensitiveDialog({ conversation, onClose }: DialogProps) {
  const row = known(conversation);
  const others = useOthers(row?.team ?? "", work.needMembers);
  const [named, setNamed] = useState<ReadonlySet<string> | null>(null);
  const { said, isBusy, act } = useAct(onClose);
  const box = useFirstFocus<HTMLFormElement>();
  const isSensitive = row?.sensitive === true;
  useEffect(() => void firstNamed(conversation).then(setNamed), [conversation]);
  if (!row || !named) return null;
  const turn = (id: string) => setNamed(turned(named, id));
  return (
    <Modal title={`Who may open the conversation with ${row.patient.name}`} onClose={onClose}>
      <form
        ref={box}
        onSubmit={(event) => {
          event.preventDefault();
          void act(() => guarding.guard(conversation, [...named]), "Only these people see it now");
        }}
      >
        <p>
          Everybody else in your team no longer sees it: not in lists, not in search, not in counts.{" "}
          {row.assignee
            ? `${row.assignee.name} has it and may open it too.`
            : "Whoever it is given to may open it too."}
        </p>
        <fieldset class="choices people">
          <legend>Who may open it</legend>
          {people(others, row.team).map((each) => (
            <label key={each.id} class="check">
              <input type="checkbox" checked={named.has(each.id)} onChange={() => turn(each.id)} />
              <span>{each.name}</span>
            </label>
          ))}
        </fieldset>
        {!named.has(me.value?.user.id ?? "") && <p class="hint warn">You will not see it any more.</p>}
        {said && (
          <p class="hint bad" role="alert">
            {said}
          </p>
        )}
        {isSensitive && (
          <button
            type="button"
            class="link"
            disabled={isBusy}
            onClick={() => void act(() => guarding.unguard(conversation), "Your team sees it again")}
          >
            Show it to the whole team again
          </button>
        )}
        <Closing onLeave={onClose} isDisabled={isBusy}>
          {isSensitive ? "Save" : "Mark as sensitive"}
        </Closing>
      </form>
    </Modal>
  );
}

/** Who is named now or, where it is not sensitive yet, whoever marks it. */
async function firstNamed(conversation: string): Promise<ReadonlySet<string>> {
  const found = await guarding.show(conversation);
  return new Set(found.sensitive ? found.named.map((each) => each.id) : [me.value?.user.id ?? ""]);
}

function turned(named: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(named);
  if (!next.delete(id)) next.add(id);
  return next;
}

function people(others: readonly Colleague[], team: string): readonly Pick<Colleague, "id" | "name">[] {
  const mine = (members.value.get(team) ?? []).find((each) => each.id === me.value?.user.id);
  return mine ? [{ id: mine.id, name: `${mine.name} (you)` }, ...others] : others;
}

function useAct(onClose: () => void) {
  const [said, setSaid] = useState("");
  const [isBusy, setBusy] = useState(false);
  const act = async (go: () => Promise<Row>, done: string) => {
    setBusy(true);
    try {
      takeRow(await go());
      toast(done);
      onClose();
    } catch (refused) {
      setSaid(refused instanceof Refused ? inWords(refused) : "The connection may be interrupted. Try again.");
      setBusy(false);
    }
  };
  return { said, isBusy, act };
}
