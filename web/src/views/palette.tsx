/** Everything that can be done now, by name: commands with their keys, teams and lists. */

import { useState } from "preact/hooks";
import { possible, run } from "../commands.ts";
import type { Key } from "../keys.ts";
import * as lists from "../lists.ts";
import * as saved from "../saved.ts";
import { offered } from "../settings.ts";
import { VIEWS } from "../state/views.ts";
import { dialog, me, place } from "../store.ts";
import { many } from "../words/counts.ts";
import { VIEW_NAMES } from "../words/views.ts";
import { Combobox, type Option, type Section } from "./combobox.tsx";
import { Modal } from "./modal.tsx";

interface Named {
  key: string;
  words: string;
  shown?: string;
  act: () => void;
}

export function Palette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  // What can be done is what could be when it was opened: meanwhile the dialog has the focus.
  const [commands] = useState(possible);
  const all = everything(commands);
  const choose = (act: () => void) => () => {
    onClose();
    // The dialog gives the focus back as it goes; what is done comes after that.
    setTimeout(act);
  };
  const toOption = ({ key, words, shown, act }: Named): Option => ({
    key,
    act: choose(act),
    view: (
      <>
        <span class="grow">{words}</span>
        {shown && <kbd>{shown}</kbd>}
      </>
    ),
  });
  const sections: Section[] = all.map(({ title, named }) => ({
    title,
    options: named.filter((each) => fits(each.words, text)).map(toOption),
  }));
  const typed = text.trim();
  if (typed.length > 1) {
    const act = () => {
      dialog.value = { name: "search", text: typed };
    };
    const find = { key: "find", words: `Search for “${typed}”`, act };
    sections.push({ title: "Search", options: [toOption(find)] });
  }
  const count = sections.reduce((sum, section) => sum + section.options.length, 0);
  return (
    <Modal title="All commands" onClose={onClose}>
      <Combobox
        label="What do you want to do?"
        text={text}
        onText={setText}
        sections={sections}
        status={count === 0 ? "Nothing is called that" : many(count, "command")}
      >
        {count === 0 && <p class="hint">Nothing is called that.</p>}
      </Combobox>
    </Modal>
  );
}

/** The `commands`, and where one can go: that is drawn anew when who is signed in becomes known only now. */
function everything(commands: readonly Key[]): { title: string; named: Named[] }[] {
  const { team, view } = place.value;
  const teams = [{ id: "all", name: "All my teams" }, ...(me.value?.teams ?? [])];
  return [
    {
      title: "Commands",
      named: commands.map(({ command, words, shown }) => ({ key: command, words, shown, act: () => run(command) })),
    },
    {
      title: "Set up",
      named: offered().map(({ dialog: name, words }) => ({
        key: name,
        words,
        act: () => {
          dialog.value = { name };
        },
      })),
    },
    {
      title: "Teams",
      named: teams.map(({ id, name }) => ({
        key: id,
        words: `Go to ${name}`,
        act: () => void lists.show(id, view),
      })),
    },
    {
      title: "My views",
      named: saved.shown().map((each, at) => ({
        key: each.id,
        words: `Show ${each.name}`,
        act: () => void saved.show(each),
        ...(at < 9 ? { shown: String(at + 1) } : {}),
      })),
    },
    {
      title: "Lists",
      named: VIEWS.map((each) => ({
        key: each,
        words: `Show ${VIEW_NAMES[each]}`,
        act: () => void lists.show(team, each),
      })),
    },
  ];
}

/** Each typed word begins one of its words; with any apostrophe or none. */
function fits(words: string, typed: string): boolean {
  const has = plain(words).split(/[^\p{L}\p{N}]+/u);
  const wanted = plain(typed).split(/\s+/).filter(Boolean);
  return wanted.every((each) => has.some((word) => word.startsWith(each)));
}

const plain = (text: string) => text.toLowerCase().replace(/['’]/g, "");
