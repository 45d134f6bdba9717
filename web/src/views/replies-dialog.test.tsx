// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Me, SavedReply } from "../../../realtime/client/wire.gen.ts";
import { replies } from "../replies.ts";
import { type Asked, serve, settled } from "../stage.ts";
import { me } from "../store.ts";
import { RepliesDialog } from "./replies-dialog.tsx";

const parking: SavedReply = {
  id: "r2",
  title: "Parking",
  shortcut: "parking",
  bodies: { en: "Behind the building." },
  content: "may_be_plain",
  team: null,
};
let asked: Asked[] = [];
let answers: { status: number; said: unknown }[] = [];
let box: HTMLElement;

const button = (name: RegExp) =>
  [...box.querySelectorAll("button")].find((each) =>
    (each.getAttribute("aria-label") ?? each.textContent)?.match(name),
  );

beforeEach(() => {
  answers = [];
  box = document.createElement("div");
  document.body.append(box);
  replies.value = [parking];
  me.value = { teams: [], user: { id: "val", role: "supervisor" } } as unknown as Me;
  asked = serve(() => answers.shift() ?? { status: 200, said: { replies: replies.value, teams: [] } });
});

afterEach(() => {
  render(null, box);
  box.remove();
  vi.unstubAllGlobals();
});

describe("the dialog", () => {
  const input = async (label: RegExp, words: string) => {
    const found = [...box.querySelectorAll("label")].find((each) => each.textContent?.match(label));
    const area = found?.querySelector<HTMLInputElement>("input, textarea");
    if (!area) throw new Error(`no field ${label}`);
    area.value = words;
    area.dispatchEvent(new Event("input", { bubbles: true }));
    await settled();
  };
  const click = async (name: RegExp) => {
    button(name)?.click();
    await settled();
  };
  const submit = async () => {
    box.querySelector("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
    await settled();
  };

  it("adds one, after a refusal that leaves the words", async () => {
    render(<RepliesDialog onClose={() => undefined} />, box);
    await settled();
    await click(/^New saved reply/);
    await input(/^Title/, "Fax number");
    await input(/^Shortcut/, "form");
    await input(/^In English/, "Our fax");
    asked.length = 0;
    answers = [{ status: 409, said: { code: "shortcut_taken", detail: "Taken." } }];
    await submit();
    expect(box.querySelector('[role="alert"]')?.textContent).toContain("has this shortcut");
    await input(/^Shortcut/, "fax");
    answers = [{ status: 201, said: {} }];
    await submit();
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /replies",
      "POST /replies",
      "GET /replies",
    ]);
    expect(asked[1]?.body).toEqual({
      title: "Fax number",
      shortcut: "fax",
      bodies: { en: "Our fax" },
      content: "private",
      team: null,
    });
    expect(box.querySelector("form")).toBeNull();
  });

  it("changes and retires one", async () => {
    render(<RepliesDialog onClose={() => undefined} />, box);
    await settled();
    await click(/^Change Parking/);
    await input(/^In Spanish/, "Detrás");
    asked.length = 0;
    await submit();
    expect(asked[0]).toMatchObject({
      method: "PUT",
      path: "/replies/r2",
      body: { bodies: { en: "Behind the building.", es: "Detrás" }, content: "may_be_plain" },
    });
    asked.length = 0;
    answers = [{ status: 204, said: null }];
    await click(/^Retire Parking/);
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual(["DELETE /replies/r2", "GET /replies"]);
  });
});
