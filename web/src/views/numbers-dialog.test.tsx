// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Me } from "../../../realtime/client/wire.gen.ts";
import { type Asked, serve, settled } from "../stage.ts";
import { me } from "../store.ts";
import { numberOf } from "../words/numbers.ts";
import { NumbersDialog } from "./numbers-dialog.tsx";

const NUMBER = "+13125550100";
const line = (label: string | null) => ({ team: "front", team_name: "Front desk", number: NUMBER, label });
let box: HTMLElement;
let asked: Asked[];
let listed: string | null;
let answer: { status: number; said: unknown };

beforeEach(async () => {
  listed = null;
  answer = { status: 200, said: { numbers: [line("Refills line")] } };
  asked = serve(({ method, path }) => {
    if (method === "PUT") return answer;
    return path === "/numbers" ? { status: 200, said: { numbers: [line(listed)] } } : { status: 503, said: {} };
  });
  box = document.createElement("div");
  document.body.append(box);
  render(<NumbersDialog onClose={() => {}} />, box);
  await settled();
});

afterEach(() => {
  render(null, box);
  box.remove();
  vi.unstubAllGlobals();
});

async function name(words: string): Promise<void> {
  const field = box.querySelector("input") as HTMLInputElement;
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await settled();
  box.querySelector("form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  await settled();
}

it("names a number of a team, and what I know of my teams is asked again", async () => {
  expect(box.querySelector("label")?.textContent).toContain("(312) 555-0100 · Front desk");

  await name(" Refills  line ");

  expect(asked.find((each) => each.method === "PUT")).toMatchObject({
    path: "/teams/front/number-label",
    body: { number: NUMBER, label: " Refills  line " },
  });
  expect(asked.at(-1)?.path).toBe("/me");
  expect(box.querySelector("input")?.value).toBe("Refills line");
  expect(box.querySelector("[role=status]")?.textContent).toBe("Saved.");
});

it("says why a name was refused, and keeps it to be changed", async () => {
  answer = {
    status: 422,
    said: { code: "hidden_characters", detail: "The label has characters that cannot be shown." },
  };

  await name("Refills?");

  expect(box.querySelector("[role=status]")?.textContent).toContain("cannot be shown");
  expect(box.querySelector("input")?.value).toBe("Refills?");
});

it("shows the name that a colleague gives it, but not over one that I have begun", async () => {
  const heard = async (label: string) => {
    listed = label;
    me.value = { teams: [] } as unknown as Me;
    await settled();
  };
  const field = () => box.querySelector("input") as HTMLInputElement;

  await heard("Front line");
  expect(field().value).toBe("Front line");

  field().value = "Refi";
  field().dispatchEvent(new Event("input", { bubbles: true }));
  await settled();
  await heard("Desk line");
  expect(field().value).toBe("Refi");
});

it("stands before the number where staff read it", () => {
  const [team] = ({ teams: [{ labels: { [NUMBER]: "Refills line" } }] } as unknown as Me).teams;
  me.value = null;
  expect(numberOf(team, NUMBER)).toBe("Refills line · (312) 555-0100");
  expect(numberOf(undefined, NUMBER)).toBe("(312) 555-0100");
});
