import { describe, expect, it } from "vitest";
import { file } from "../state/samples.ts";
import { facts, mediaType, nameOf, refusal, sizeOf } from "./files.ts";

const MB = 1024 * 1024;
const may = (name: string, size = 1, count = 0) => refusal({ name, size }, count);

describe("a file that is added", () => {
  it("may be a PDF, a picture or a text, whatever the case of its ending", () => {
    for (const name of ["lab.pdf", "IMG_1.JPG", "scan.jpeg", "a.png", "IMG.HEIC", "notes.txt"])
      expect(may(name)).toBe("");
  });

  it("is refused in words that say what to do", () => {
    expect(may("letter.docx")).toContain("PDF");
    expect(may("all.zip")).toContain("Unpack");
    expect(may("page.svg")).toContain("Only PDF");
    expect(may("lab.pdf.exe")).toContain("Only PDF");
    expect(may("lab.pdf", 0)).toContain("empty");
    expect(may("lab.pdf", 25 * MB)).toBe("");
    expect(may("lab.pdf", 25 * MB + 1)).toContain("25 MB is the most");
    expect(may("lab.pdf", 1, 10)).toContain("10 files");
  });

  it("has a type also where the browser knows none", () => {
    expect(mediaType("IMG.HEIC", "")).toBe("image/heic");
    expect(mediaType("lab.pdf", "application/pdf")).toBe("application/pdf");
    expect(mediaType("what", "")).toBe("application/octet-stream");
  });
});

it("says what a document is", () => {
  expect(facts(file())).toBe("PDF · 2 pages · 120 KB");
  expect(facts(file({ kind: "text", pages: null, size: 40 }))).toBe("Text · 1 KB");
  expect(sizeOf(1.44 * MB)).toBe("1.4 MB");
  expect(nameOf(file({ name: null }))).toBe("Document");
});
