import { expect, it } from "vitest";
import { message, thread } from "./samples.ts";
import { fromSnapshot } from "./thread.ts";
import { unread } from "./unread.ts";

const ours = { from: { kind: "staff", id: "nia", name: "Nia", initials: "N" } } as const;
const numbers = (seen: number) => {
  const messages = [message(1), message(2, ours), message(3), message(4, ours), message(5), message(6)];
  return unread(fromSnapshot(thread(messages, { seen }), null)).map((each) => each.number);
};

it("is what the patient wrote after what I have seen, whoever answered meanwhile", () => {
  expect(numbers(1)).toEqual([3, 5, 6]);
  expect(numbers(5)).toEqual([6]);
  expect(numbers(6)).toEqual([]);
});

it("begins after the last answer where I was never", () => {
  expect(numbers(0)).toEqual([5, 6]);
});
