import { expect, it } from "vitest";
import { colleague, row } from "../state/samples.ts";
import { beginners } from "./begun.ts";

it("names every colleague who has begun, and not the reader", () => {
  const writers = [colleague("nia", "Nia Brooks"), colleague("sam", "Sam Okafor")];
  expect(beginners(row("a", { writers }), "nia")).toEqual(["Sam Okafor has a draft"]);
  expect(beginners(row("a"), "nia")).toEqual([]);
});
