// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Evidence, Receipt } from "../../../realtime/client/wire.gen.ts";
import { settled } from "../stage.ts";
import { asText, EvidenceDialog } from "./evidence.tsx";
import { Readers, viewedWords } from "./readers.tsx";

const AT = "2026-11-23T15:02:00Z";
const NOW = Date.parse("2026-11-23T16:00:00Z");
const receipt: Receipt = { patient: "p", name: "Ines Calderon", initials: "IC", at: AT, device: "Chrome on Android" };
const nothing = { by: null, to: null, is_reminder: false, words: null, device: null, who: null };
const found: Evidence = {
  record: {
    message: "m",
    conversation: "c",
    number: 3,
    via: "secure_sms",
    patient: "Ines Calderon",
    writer: "Dana Reyes",
    as_of: AT,
    steps: [
      { name: "accepted", at: AT },
      { name: "viewed", at: null },
    ],
    events: [{ ...nothing, name: "accepted", at: AT, by: "text", to: "…42" }],
  },
  sha256: "abc",
};

let box: HTMLElement;

beforeEach(() => {
  box = document.createElement("div");
  document.body.append(box);
});

afterEach(() => {
  render(null, box);
  box.remove();
  vi.unstubAllGlobals();
});

it("shows which states were reached and which are not known", async () => {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (address: string) => {
    asked.push(address);
    return new Response(JSON.stringify(found));
  });

  render(<EvidenceDialog message="m" onClose={() => {}} />, box);
  await settled();

  expect(asked.map((address) => address.replace(/^.*\/api/, ""))).toEqual(["/v1/messages/m/evidence"]);
  const steps = [...box.querySelectorAll(".evidence li")].map((each) => [each.className, each.textContent]);
  expect(steps[0]?.[0]).toBe("reached");
  expect(steps[1]?.[0]).toBe("");
  expect(steps[1]?.[1]).toContain("Not known");
});

it("copies only the end of a number, and says what is not known", () => {
  const text = asText(found, NOW);
  expect(text).toContain("Notice by text to …42 accepted");
  expect(text).toContain("Not known: Viewed");
  expect(text).toContain("SHA-256 abc");
});

it("says time and device by focus and by a press, and to screen readers at any time", async () => {
  render(<Readers readers={[receipt]} now={NOW} />, box);
  const button = box.querySelector<HTMLButtonElement>("button.viewed");
  const words = viewedWords(receipt, NOW);
  expect(words).toContain("Ines Calderon viewed this");
  expect(words).toContain("with Chrome on Android");
  expect(button?.getAttribute("aria-label")).toBe(words);
  expect(box.querySelector(".viewed-words")).toBeNull();

  button?.dispatchEvent(new FocusEvent("focus"));
  await settled();
  expect(box.querySelector(".viewed-words")?.textContent).toBe(words);

  document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
  await settled();
  expect(box.querySelector(".viewed-words")).toBeNull();

  button?.click();
  await settled();
  expect(box.querySelector(".viewed-words")?.textContent).toBe(words);
});
