// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Message, Patient } from "../../../realtime/client/wire.gen.ts";
import * as mine from "../mine.ts";
import * as reads from "../reads.ts";
import { message } from "../state/samples.ts";
import { dialog, toasts } from "../store.ts";
import * as actions from "../stray-actions.ts";
import { Bubble } from "./bubble.tsx";
import { MisfiledDialog } from "./misfiled-dialog.tsx";

const OMAR = { id: "omar", name: "Omar Haddad", first_name: "Omar", initials: "OH", conversations: [] };
const HERS = { kind: "patient", id: "ines", name: "Ines Calderon", initials: "IC", proxy: null } as const;
let box: HTMLElement;

const text = (over: Partial<Message> = {}): Message =>
  message(1, { from: HERS, via: "sms", body: "This is Omar", ...over });

const press = (words: RegExp) =>
  [...box.querySelectorAll("button")].find((each) => words.test(each.textContent?.trim() ?? ""))?.click();

async function type(words: string): Promise<HTMLInputElement> {
  const field = box.querySelector("input") as HTMLInputElement;
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await vi.waitFor(() => expect(box.querySelector("[role=option]")).not.toBeNull());
  return field;
}

function key(target: Element, name: string): void {
  target.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
}

beforeEach(() => {
  vi.restoreAllMocks();
  vi.spyOn(mine, "refresh").mockResolvedValue();
  vi.spyOn(reads, "findPatients").mockResolvedValue([OMAR as unknown as Patient]);
  box = document.createElement("div");
  document.body.append(box);
});

afterEach(() => {
  render(null, box);
  box.remove();
});

it("moves a message to the patient who is found by the keyboard, after it was said what follows", async () => {
  const move = vi.spyOn(actions, "move").mockResolvedValue();
  render(<MisfiledDialog message={text()} onClose={() => undefined} />, box);
  const field = await type("omar");
  expect(box.textContent).not.toContain("as a patient");
  key(field, "ArrowDown");
  key(field, "Enter");
  await vi.waitFor(() => expect(box.textContent).toContain("Move it to the conversation with Omar Haddad?"));
  expect(move).not.toHaveBeenCalled();
  press(/^Yes, it is from Omar$/);
  await vi.waitFor(() => expect(toasts.value.at(-1)?.words).toBe("Moved to Omar Haddad"));
  expect(move.mock.calls).toEqual([[text().id, "omar"]]);
});

it("moves it to the unknown senders", async () => {
  const move = vi.spyOn(actions, "move").mockResolvedValue();
  render(<MisfiledDialog message={text()} onClose={() => undefined} />, box);
  press(/^Nobody I know$/);
  await vi.waitFor(() => expect(box.textContent).toContain("Move it to Unknown senders?"));
  press(/^Yes, move it$/);
  await vi.waitFor(() => expect(move.mock.calls).toEqual([[text().id, null]]));
});

const show = (message: Message) =>
  render(
    <Bubble
      message={message}
      patient={OMAR as unknown as Patient}
      isGrouped={false}
      isMine={false}
      mayAct={true}
      readers={undefined}
      now={Date.parse("2026-11-24T12:00:00Z")}
    />,
    box,
  );

it("is offered of a text and of a mail, and of nothing that was written in the portal", async () => {
  for (const via of ["sms", "email"] as const) {
    show(text({ via }));
    (box.querySelector(".more-for") as HTMLElement).click();
    await vi.waitFor(() => expect(box.textContent).toContain("Belongs to somebody else…"));
    press(/^Belongs to somebody else…$/);
    expect(dialog.value).toEqual({ name: "misfiled", message: text({ via }) });
    render(null, box);
  }
  show(text({ via: "portal" }));
  expect(box.querySelector(".more-for")).toBeNull();
});

it("leaves a line that says who moved it, and no way to move it again", () => {
  show(text({ body: "", recalled: { at: "2026-11-24T11:00:00Z", by: "Sam Okafor" } }));
  expect(box.textContent).toContain("Sam Okafor moved this: it was somebody else’s");
  expect(box.querySelector("s")).toBeNull();
  expect(box.querySelector(".more-for")).toBeNull();
});
