/** Reading a request's body: JSON, fields, or a form whose `payload_json` is the JSON and whose `files[n]` are files. */

import { problems } from "./problems.ts";

/** A file that came with a request. */
export interface UploadedFile {
  /** The n of `files[n]`; attachments in the JSON refer to it by their id. */
  readonly index: number;
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** What a request carried. */
export interface RequestBody {
  /** The JSON, or `undefined` where there was none. */
  readonly json: unknown;
  readonly files: readonly UploadedFile[];
}

/**
 * Takes a body apart.
 * @throws Problem 50109 when the JSON, or the form around it, can't be read.
 */
export async function readBody(raw: Uint8Array<ArrayBuffer>, contentType: string): Promise<RequestBody> {
  if (contentType.startsWith("multipart/form-data")) return readForm(raw, contentType);
  if (contentType.startsWith("application/json")) return { json: parseJson(Buffer.from(raw).toString()), files: [] };
  if (contentType.startsWith("application/x-www-form-urlencoded"))
    return { json: Object.fromEntries(new URLSearchParams(Buffer.from(raw).toString())), files: [] };
  return { json: undefined, files: [] };
}

async function readForm(raw: Uint8Array<ArrayBuffer>, contentType: string): Promise<RequestBody> {
  const form = await formOf(raw, contentType);
  const payload = form.get("payload_json");
  const files: UploadedFile[] = [];
  for (const [name, value] of form) {
    const index = /^files?\[(\d+)\]$/.exec(name)?.[1];
    if (index === undefined || typeof value === "string") continue;
    const bytes = new Uint8Array(await value.arrayBuffer());
    files.push({ index: Number(index), filename: value.name, contentType: value.type, bytes });
  }
  return { json: typeof payload === "string" ? parseJson(payload) : {}, files };
}

async function formOf(raw: Uint8Array<ArrayBuffer>, contentType: string): Promise<FormData> {
  try {
    return await new Response(raw, { headers: { "content-type": contentType } }).formData();
  } catch {
    throw problems.badJson();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw problems.badJson();
  }
}
