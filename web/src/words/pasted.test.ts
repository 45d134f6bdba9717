import { expect, it } from "vitest";
import { contactsIn, decoded } from "./pasted.ts";

const bytes = (...all: number[]) => new Uint8Array(all).buffer;

it("takes the MRN before the phone and the address, and the next best where a cell is empty", () => {
  const file = 'Name,Phone,MRN\r\n"Lee, Ann",312-555-0142,A-1\r\n"Bo ""B"" Lee",312-555-0143,\r\n,,\r\n';

  expect(contactsIn(file)).toEqual({ lines: ["A-1", "312-555-0143"], of: "MRNs, else phone numbers" });
});

it.each([
  ["a;mobile\n1;2", ["2"]],
  ["Cell Phone\tE-mail\n\tann@example.com", ["ann@example.com"]],
  ["patient id\nA-1\n\nA-2", ["A-1", "A-2"]],
  ["A-1\nA-2", ["A-1", "A-2"]],
])("reads %j", (text, lines) => {
  expect(contactsIn(text)).toMatchObject({ lines });
});

it.each(["", "\n \n", "Ann,Lee\nBo,Lee", "PK\u0003\u0004"])("says what is missing in %j", (text) => {
  expect(contactsIn(text)).toHaveProperty("why");
});

it("never leaves a quote that nothing closes going on for ever", () => {
  expect(contactsIn('mrn\n"A-1')).toEqual({ lines: ['"A-1'], of: "MRNs" });
});

it("reads what Excel writes", () => {
  expect(decoded(bytes(0xff, 0xfe, 0x41, 0))).toBe("A");
  expect(decoded(bytes(0xef, 0xbb, 0xbf, 0x41))).toBe("A");
});
