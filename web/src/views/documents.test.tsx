// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { file } from "../state/samples.ts";
import { Documents } from "./documents.tsx";

let box: HTMLElement;

beforeEach(() => {
  box = document.createElement("div");
});

afterEach(() => render(null, box));

describe("a document in the thread", () => {
  it("says what it is and whether the patient has looked at it", async () => {
    const now = Date.parse("2026-11-23T18:00:00Z");
    const files = [file(), file({ id: "g", viewed_at: "2026-11-23T15:02:00Z" })];
    render(<Documents files={files} isOurs now={now} />, box);
    const [first, second] = [...box.querySelectorAll("li")].map((each) => each.textContent);
    expect(first).toContain("PDF · 2 pages · 120 KB");
    expect(first).toContain("Not opened yet");
    expect(second).toMatch(/Viewed .*:02/);
  });

  it("says of a look of who acts for the patient whose it was, beside the patient's own", () => {
    const now = Date.parse("2026-11-23T18:00:00Z");
    const looks = [{ name: "Rosa Vega", relation: "mother", at: "2026-11-23T15:04:00Z" }] as const;
    const files = [
      file({ looks: [...looks] }),
      file({ id: "g", looks: [...looks], viewed_at: "2026-11-23T15:02:00Z" }),
    ];
    render(<Documents files={files} isOurs now={now} />, box);
    const said = [...box.querySelectorAll("li")].map((each) =>
      [...each.querySelectorAll(".looked")].map((line) => line.textContent?.replace(/\d+:/, "")),
    );
    expect(said.map((lines) => lines.length)).toEqual([1, 2]);
    expect(said[0]?.[0]).toMatch(/Viewed .* by Rosa Vega, mother/);
    expect(said[1]?.[0]).not.toContain("Rosa");
  });

  it("of the patient's own says nothing of that", () => {
    render(<Documents files={[file()]} isOurs={false} now={0} />, box);
    expect(box.textContent).not.toContain("Not opened");
  });
});
