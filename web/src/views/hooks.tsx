/** The addresses that other programs are told at, and the form that adds one. */

import { useState } from "preact/hooks";
import type { Hook } from "../../../realtime/client/wire.gen.ts";
import * as desk from "../programs.ts";
import { toast } from "../store.ts";
import { KINDS, type Kind, kindOf, whyOff } from "../words/programs.ts";
import { type Acts, useActs } from "./acts.tsx";
import { Closing } from "./closing.tsx";
import { useFirstFocus } from "./focus.ts";
import { Icon } from "./icon.tsx";
import type { Step } from "./programs-dialog.tsx";

interface ListProps {
  onStep: (step: Step) => void;
  onClose: () => void;
}

export function HookList({ onStep, onClose }: ListProps) {
  const acts = useActs();
  const { hooks = [] } = desk.hooks.value ?? {};
  return (
    <>
      {acts.said}
      {hooks.length === 0 && <p class="muted">No other program is told what happens.</p>}
      <ul class="persons">
        {hooks.map((each) => (
          <One key={each.id} hook={each} acts={acts} onLog={() => onStep({ name: "log", id: each.id })} />
        ))}
      </ul>
      <footer>
        <button type="button" onClick={onClose}>
          Close
        </button>
        <button type="button" class="primary" onClick={() => onStep({ name: "new-hook" })}>
          Add a webhook
        </button>
      </footer>
    </>
  );
}

function One({ hook, acts, onLog }: { hook: Hook; acts: Acts; onLog: () => void }) {
  const off = whyOff(hook);
  const test = () => desk.testHook(hook.id).then(() => toast("A test is on its way. See what it was told."));
  return (
    <li class={off ? "gone" : ""}>
      <span class="waits">
        <Icon name="bell" />
      </span>
      <span class="grow">
        <strong>{hook.url}</strong>
        <small class="muted">{hook.kinds.map(kindOf).join(" · ")}</small>
        {off && <small class="nobody">{off}</small>}
        <span class="does">
          <Does words="What it was told" of={hook} act={onLog} />
          {off ? (
            <Does words="Switch on" of={hook} act={() => void acts.run(() => desk.enableHook(hook.id))} />
          ) : (
            <Does words="Send a test" of={hook} act={() => void acts.run(test)} />
          )}
          <Does words="New secret" of={hook} act={() => void acts.run(() => desk.rotateHook(hook.id))} />
          <Does words="Remove" of={hook} act={() => void acts.run(() => desk.removeHook(hook.id))} />
        </span>
      </span>
    </li>
  );
}

function Does({ words, of, act }: { words: string; of: Hook; act: () => void }) {
  return (
    <button type="button" class="link" aria-label={`${words}: ${of.url}`} onClick={act}>
      {words}
    </button>
  );
}

export function HookForm({ onEnd }: { onEnd: () => void }) {
  const acts = useActs();
  const [url, setUrl] = useState("");
  const [kinds, setKinds] = useState<readonly Kind[]>(Object.keys(KINDS) as Kind[]);
  const form = useFirstFocus<HTMLFormElement>();
  const toggle = (kind: Kind) =>
    setKinds(kinds.includes(kind) ? kinds.filter((each) => each !== kind) : [...kinds, kind]);
  const add = (event: Event) => {
    event.preventDefault();
    void acts.run(() => desk.makeHook(url.trim(), kinds), onEnd);
  };
  return (
    <>
      {acts.said}
      <form ref={form} onSubmit={add}>
        <label class="field">
          Address, beginning with https://
          <input
            type="url"
            required
            maxLength={500}
            autocomplete="off"
            value={url}
            onInput={(event) => setUrl(event.currentTarget.value)}
          />
        </label>
        <fieldset class="picks">
          <legend>Is told when</legend>
          {(Object.keys(KINDS) as Kind[]).map((kind) => (
            <label key={kind} class="check">
              <input type="checkbox" checked={kinds.includes(kind)} onChange={() => toggle(kind)} />
              <span>{KINDS[kind]}</span>
            </label>
          ))}
        </fieldset>
        <p class="muted small">No name and no word of a message is sent there.</p>
        <Closing leave="Cancel" onLeave={onEnd} isDisabled={!kinds.length}>
          Add the webhook
        </Closing>
      </form>
    </>
  );
}
