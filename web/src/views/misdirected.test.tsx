// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Incident, IncidentRecord, Me } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import { type Asked, pressButton, serve, settled } from "../stage.ts";
import { me } from "../store.ts";
import { useZone } from "../words/time.ts";
import { AuditDialog } from "./audit-dialog.tsx";
import { Misdirected } from "./misdirected.tsx";

const DANA = { id: "dana", name: "Dana Reyes", initials: "DR" };
const ONE: Incident = {
  id: "i",
  at: "2026-11-28T14:00:00Z",
  by: DANA,
  name: "Ines Calderon",
  team: "Front desk",
  taken_back: true,
  viewed_at: null,
  closed_at: null,
  is_breach: null,
};
const RECORD: IncidentRecord = {
  incident: ONE,
  message: "m",
  number: 3,
  writer: "Dana Reyes",
  account: "I chose the wrong Ines",
  links: 1,
  events: [],
  closed_by: null,
  assessment: null,
};

let asked: Asked[];
let box: HTMLElement;

beforeEach(() => {
  useZone("America/Chicago");
  clock.now.value = Date.parse("2026-11-28T15:00:00Z");
  me.value = { user: { id: "val", role: "admin" }, organization: {}, teams: [] } as unknown as Me;
  box = document.createElement("div");
  document.body.append(box);
  asked = serve(({ path, method }) => {
    if (path.endsWith("/misdirected")) {
      return { status: 201, said: { id: "i", taken_back: true, viewed_at: null, links: 1 } };
    }
    if (path === "/incidents") return { status: 200, said: { incidents: [ONE], next: null } };
    if (path === "/incidents/i" && method === "GET") return { status: 200, said: RECORD };
    return { status: path.startsWith("/incidents") ? 204 : 200, said: { lines: [], next: null, coworkers: [] } };
  });
});

afterEach(() => {
  render(null, box);
  box.remove();
  vi.unstubAllGlobals();
});

function fill(name: string, value: string): void {
  const field = box.querySelector<HTMLTextAreaElement>(`[name=${name}]`);
  if (field) field.value = value;
}

it("stops a message and says what could be done", async () => {
  render(<Misdirected message="m" onBack={() => {}} onClose={() => {}} />, box);
  fill("account", "I chose the wrong Ines");
  await pressButton(box, /^Stop it/);

  expect(asked.map(({ path, body }) => [path, body])).toEqual([
    ["/messages/m/misdirected", { account: "I chose the wrong Ines" }],
  ]);
  expect(box.querySelector("[role=status]")?.textContent).toBe(
    "Taken back before anybody viewed it. One link has ended. Your admins were told.",
  );
});

it("leads an admin through the four questions", async () => {
  render(<AuditDialog patient={undefined} onClose={() => {}} />, box);
  await settled();
  await pressButton(box, "Incidents");
  expect(box.textContent).toContain("A message to Ines Calderon");
  await pressButton(box, "Look into it");
  expect(box.querySelector("blockquote")?.textContent).toBe("I chose the wrong Ines");
  for (const name of ["nature", "recipient", "viewed", "mitigation"]) fill(name, `The ${name}`);
  const low = box.querySelector<HTMLInputElement>("[value=low]");
  if (low) low.checked = true;
  await pressButton(box, "Close the incident");

  const closed = asked.find(({ path }) => path === "/incidents/i/close");
  expect(closed?.body).toEqual({
    nature: "The nature",
    recipient: "The recipient",
    viewed: "The viewed",
    mitigation: "The mitigation",
    is_breach: false,
  });
});
