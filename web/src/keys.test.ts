import { describe, expect, it } from "vitest";
import { commandOf, isG, KEYS, type Press } from "./keys.ts";

const press = (key: string, change: Partial<Press> = {}): Press => ({
  key,
  code: `Key${key.toUpperCase()}`,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  ...change,
});
const free = { inField: false, inDialog: false };
const writing = { inField: true, inDialog: false };

describe("switched off", () => {
  const off = { ...free, singles: false };

  it.each(KEYS.flatMap((key) => key.presses).filter((name) => name.length === 1))("%s alone does nothing", (name) => {
    expect(commandOf(press(name), off)).toBeNull();
  });

  it("leaves keys that nobody hits by chance", () => {
    expect(commandOf(press("Escape"), off)).toBe("back");
    expect(commandOf(press("Enter"), off)).toBe("open");
    expect(commandOf(press("k", { ctrlKey: true }), off)).toBe("palette");
    expect(commandOf(press("s", { altKey: true }), off)).toBe("secure");
  });
});

describe("the keyboard map", () => {
  it("gives every key one meaning", () => {
    const all = KEYS.flatMap((key) => key.presses);
    expect(new Set(all).size).toBe(all.length);
  });

  const MAP = {
    ...{ j: "next", k: "previous", enter: "open", o: "open", escape: "back", "/": "search", "mod+k": "palette" },
    ...{ "g i": "go-inbox", "g u": "go-unassigned", "g w": "go-waiting", "[": "previous-team", "]": "next-team" },
    ...{ f: "filter", v: "save-view", "shift+v": "my-views", m: "mentions", "g m": "mentions", "shift+h": "shift" },
    ...{ "shift+d": "directory", "g d": "directory", "shift+n": "new-patient", "g s": "settings" },
    ...{ "shift+b": "broadcasts", "g b": "broadcasts", "shift+i": "import", "shift+g": "groups" },
    ...{ "shift+m": "duplicates", "shift+e": "export-directory", r: "reply", n: "note", e: "done", a: "claim" },
    ...{ "shift+a": "assign", h: "hand-over", s: "snooze", "!": "priority", t: "tag", x: "select", u: "unread" },
    ...{ ".": "more", p: "panel", i: "unlock", w: "other-way", c: "new", "alt+s": "secure", "alt+p": "plain" },
    ...{ z: "undo", "shift+s": "later", "mod+shift+u": "attach", "mod+shift+l": "lock", "?": "keys" },
    ...Object.fromEntries([..."123456789"].map((digit) => [digit, "my-view"])),
  };
  /** As a keyboard does it: the last part is the key, what stands before it is held, or was pressed just before. */
  const pressOf = (name: string): [Press, boolean] => {
    const key = name.split(/[+ ]/).at(-1) ?? "";
    const held = { altKey: name.includes("alt+"), ctrlKey: name.includes("mod+"), shiftKey: name.includes("shift+") };
    return [press(held.shiftKey ? key.toUpperCase() : key, held), name.startsWith("g ")];
  };

  it("is this one", () => {
    expect(KEYS.flatMap((key) => key.presses).sort()).toEqual(Object.keys(MAP).sort());
  });

  it.each(Object.entries(MAP))("%s means %s", (name, command) => {
    const [pressed, afterG] = pressOf(name);
    expect(commandOf(pressed, { ...free, afterG })).toBe(command);
  });

  it("is silent while somebody writes, except for Escape and the Alt keys", () => {
    expect(commandOf(press("j"), writing)).toBeNull();
    expect(commandOf(press("/"), writing)).toBeNull();
    expect(commandOf(press("Escape"), writing)).toBe("back");
    expect(commandOf(press("s", { altKey: true }), writing)).toBe("secure");
  });

  it("knows Alt keys by their place, whatever character the keyboard makes of them", () => {
    expect(commandOf(press("ß", { code: "KeyS", altKey: true }), writing)).toBe("secure");
    expect(commandOf(press("π", { code: "KeyP", altKey: true }), writing)).toBe("plain");
  });

  it("takes Shift for what it adds only where it means something else", () => {
    expect(commandOf(press("S", { shiftKey: true }), free)).toBe("later");
    expect(commandOf(press("S", { shiftKey: true }), writing)).toBeNull();
    expect(commandOf(press("J", { shiftKey: true }), free)).toBe("next");
    expect(commandOf(press("?", { shiftKey: true }), free)).toBe("keys");
    expect(commandOf(press("z"), free)).toBe("undo");
  });

  it("knows commands of two keys, the first of which is G", () => {
    expect(isG(press("g"), free)).toBe(true);
    expect(commandOf(press("g"), free)).toBeNull();
    expect(commandOf(press("u"), { ...free, afterG: true })).toBe("go-unassigned");
    expect(commandOf(press("m"), { ...free, afterG: true })).toBe("mentions");
    expect(commandOf(press("e"), { ...free, afterG: true })).toBeNull();
    for (const focus of [writing, { ...free, inDialog: true }, { ...free, singles: false }]) {
      expect(isG(press("g"), focus)).toBe(false);
    }
    expect(isG(press("g", { ctrlKey: true }), free)).toBe(false);
    expect(commandOf(press("k", { ctrlKey: true }), { ...free, afterG: true })).toBe("palette");
  });

  it("attaches a file from inside the field too, with Ctrl or with the command key", () => {
    expect(commandOf(press("U", { ctrlKey: true, shiftKey: true }), writing)).toBe("attach");
    expect(commandOf(press("U", { metaKey: true, shiftKey: true }), free)).toBe("attach");
    expect(commandOf(press("u", { ctrlKey: true }), free)).toBeNull();
  });

  it("opens all commands from anywhere but a dialog", () => {
    expect(commandOf(press("k", { ctrlKey: true }), writing)).toBe("palette");
    expect(commandOf(press("k", { metaKey: true }), free)).toBe("palette");
    expect(commandOf(press("k", { metaKey: true }), { inField: true, inDialog: true })).toBeNull();
  });

  it("locks the screen from anywhere, a dialog too", () => {
    const keys = { ctrlKey: true, shiftKey: true };
    expect(commandOf(press("L", keys), free)).toBe("lock");
    expect(commandOf(press("L", { metaKey: true, shiftKey: true }), { inField: true, inDialog: true })).toBe("lock");
    expect(commandOf(press("l", { ctrlKey: true }), free)).toBeNull();
    expect(commandOf(press("l"), free)).toBeNull();
  });

  it("leaves the browser's own keys and open dialogs alone", () => {
    expect(commandOf(press("c", { ctrlKey: true }), free)).toBeNull();
    expect(commandOf(press("r", { metaKey: true }), free)).toBeNull();
    expect(commandOf(press("e"), { inField: false, inDialog: true })).toBeNull();
  });
});
