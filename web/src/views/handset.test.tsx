// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, expect, it, vi } from "vitest";
import type { Handset } from "../../../realtime/client/wire.gen.ts";
import { type Asked, pressButton, serve, settled } from "../stage.ts";
import { HandsetDialog } from "./handset-dialog.tsx";

const AT = "2026-11-28T15:00:00Z";
const TEXT = "Mercy: you have a secure message http://localhost:8000/m/7KQ";
let box: HTMLElement;

afterEach(() => {
  render(null, box);
  box.remove();
  vi.unstubAllGlobals();
});

async function show(known: Handset): Promise<Asked[]> {
  HTMLDialogElement.prototype.showModal = () => {};
  box = document.createElement("div");
  document.body.append(box);
  const asked = serve(() => ({ status: 200, said: known }));
  render(<HandsetDialog onClose={() => {}} />, box);
  await settled();
  return asked;
}

const PHONE = { phone: "+13125550142", number_id: "n", number: "+13125550100" };

it("shows what would be on the phone, with its link, and says that it is none", async () => {
  const lines = [{ id: "a", ours: true, at: AT, words: TEXT }];
  const asked = await show({ numbers: [PHONE.number], phones: [{ ...PHONE, lines }] });

  expect(box.textContent).toContain("Not a real phone. What (312) 555-0100 sends stays here");
  expect(box.querySelector("a")?.href).toBe("http://localhost:8000/m/7KQ");
  const field = box.querySelector("input");
  if (field) field.value = "Thank you";
  field?.dispatchEvent(new Event("input", { bubbles: true }));
  await settled();
  await pressButton(box, "Send as the patient");
  expect(asked.at(-1)).toMatchObject({
    method: "POST",
    body: { phone: PHONE.phone, number_id: "n", body: "Thank you" },
  });
});

it("says how a text comes to it while there is none", async () => {
  await show({ numbers: [PHONE.number], phones: [] });
  expect(box.textContent).toContain("Nothing is on it yet.");
});
