/** What is said of files: how large, of what kind, why not. */

import type { File as Kept } from "../../../realtime/client/wire.gen.ts";
import { many } from "./counts.ts";

export const MOST = 10;
const LARGEST = 25 * 1024 * 1024;
const MB = 1024 * 1024;

/** What the chooser offers; the server looks at the bytes. */
export const ACCEPT = ".pdf,.jpg,.jpeg,.png,.heic,.heif,.txt";

/** "120 KB", "1.4 MB" */
export function sizeOf(bytes: number): string {
  if (bytes >= MB) return `${(bytes / MB).toFixed(1)} MB`;
  return `${Math.max(1, Math.round(bytes / 1024))} KB`;
}

/** Some browsers give a HEIC no type. */
export function mediaType(name: string, type: string): string {
  return type || (/\.hei[cf]$/i.test(name) ? "image/heic" : "application/octet-stream");
}

/** Why a file is not even tried, with what to do; empty where it may go. `count` files are there already. */
export function refusal({ name, size }: Pick<File, "name" | "size">, count: number): string {
  if (count >= MOST) return `A message carries ${MOST} files. Send these first`;
  if (size === 0) return "The file is empty. Choose another one";
  if (size > LARGEST) return `It has ${sizeOf(size)}, and 25 MB is the most. Send a part of it`;
  if (/\.(docx?|xlsx?|pptx?|odt|rtf|pages)$/i.test(name)) return "Save it as a PDF, then add the PDF";
  if (/\.(zip|rar|7z)$/i.test(name)) return "Unpack it, then add the files one by one";
  const isTaken = /\.(pdf|jpe?g|png|hei[cf]|txt)$/i.test(name);
  return isTaken ? "" : "Only PDF, JPEG, PNG, HEIC and plain text can be sent";
}

/** "PDF · 2 pages · 120 KB" */
export function facts({ kind, pages, size }: Pick<Kept, "kind" | "pages" | "size">): string {
  const kinds = { document: "PDF", text: "Text", picture: "Picture" };
  return [kinds[kind], pages ? many(pages, "page") : "", sizeOf(size)].filter(Boolean).join(" · ");
}

export const nameOf = ({ name, kind }: Pick<Kept, "name" | "kind">): string =>
  name ?? (kind === "picture" ? "Picture" : "Document");
