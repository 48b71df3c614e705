/** Files that people and bots attached, and the signed addresses that Discord's CDN gives them. */

import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { extname } from "node:path";
import type { APIAttachment } from "discord-api-types/v10";
import type { Clock } from "./clock.ts";

/** How long a signed address works; Discord's are good for a day. */
export const ADDRESS_LIFETIME_MS = 24 * 60 * 60 * 1000;

/** What a file is when nobody said so. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".flac": "audio/flac",
  ".json": "application/json; charset=utf-8",
  ".m4a": "audio/mp4",
  ".mp3": "audio/mpeg",
  ".mp4": "video/mp4",
  ".ogg": "audio/ogg",
  ".png": "image/png",
  ".txt": "text/plain; charset=utf-8",
  ".wav": "audio/x-wav",
  ".webm": "video/webm",
};

/** A file as somebody hands it in. */
export interface NewFile {
  readonly filename: string;
  readonly bytes: Uint8Array;
  /** Found by the name's ending when left out. */
  readonly contentType?: string | undefined;
  /** Alternative text. */
  readonly description?: string | undefined;
  /** Only voice messages have these. */
  readonly voice?: { readonly durationSeconds: number; readonly waveform: string } | undefined;
}

/** A file on the CDN. */
export interface StoredFile extends NewFile {
  readonly id: string;
  readonly channelId: string;
  readonly contentType: string;
}

/** Keeps files and signs their addresses. */
export class Files {
  readonly #clock: Clock;
  readonly #nextId: () => string;
  readonly #files = new Map<string, StoredFile>();
  readonly #key = randomBytes(32);
  /** `http://127.0.0.1:PORT`, known once the server listens. */
  origin = "";

  constructor(clock: Clock, nextId: () => string) {
    this.#clock = clock;
    this.#nextId = nextId;
  }

  /** Puts a file on the CDN. */
  add(channelId: string, file: NewFile): StoredFile {
    const contentType =
      file.contentType || CONTENT_TYPES[extname(file.filename).toLowerCase()] || "application/octet-stream";
    const stored = { ...file, id: this.#nextId(), channelId, contentType };
    this.#files.set(stored.id, stored);
    return stored;
  }

  /** Takes a file off the CDN; its address then answers 404. */
  remove(id: string): void {
    this.#files.delete(id);
  }

  /** The file behind an address (the path as it is on the wire), unless it is gone, or the signature is wrong or too old. */
  find(path: string, query: URLSearchParams): StoredFile | undefined {
    const file = this.#files.get(path.split("/")[3] ?? "");
    if (!file) return undefined;
    const expires = query.get("ex") ?? "";
    if (Number.parseInt(expires, 16) * 1000 < this.#clock.now()) return undefined;
    const expected = this.#sign(path, expires, query.get("is") ?? "");
    const given = Buffer.from(query.get("hm") ?? "", "hex");
    return given.length === expected.length && timingSafeEqual(given, expected) ? file : undefined;
  }

  /** A fresh signed address, as a re-fetched message has it. */
  address(file: StoredFile): string {
    const path = `/attachments/${file.channelId}/${file.id}/${encodeURIComponent(file.filename)}`;
    const issued = Math.floor(this.#clock.now() / 1000);
    const [ex, is] = [issued + ADDRESS_LIFETIME_MS / 1000, issued].map((seconds) => seconds.toString(16));
    const signature = this.#sign(path, ex ?? "", is ?? "").toString("hex");
    return `${this.origin}${path}?ex=${ex}&is=${is}&hm=${signature}&`;
  }

  /** The file as messages and interactions describe it. */
  describe(file: StoredFile): APIAttachment {
    const url = this.address(file);
    return {
      id: file.id,
      filename: file.filename,
      size: file.bytes.length,
      url,
      proxy_url: url,
      content_type: file.contentType,
      ...(file.description ? { description: file.description } : {}),
      ...(file.voice ? { duration_secs: file.voice.durationSeconds, waveform: file.voice.waveform } : {}),
      ...pngSize(file.bytes),
    };
  }

  #sign(path: string, expires: string, issued: string): Buffer {
    return createHmac("sha256", this.#key).update(`${path}?ex=${expires}&is=${issued}`).digest();
  }
}

/** Width and height in pixels from a PNG's header; nothing for other files. */
function pngSize(bytes: Uint8Array): { width?: number; height?: number } {
  const header = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 24));
  if (header.length < 24 || header.toString("latin1", 1, 4) !== "PNG") return {};
  return { width: header.readUInt32BE(16), height: header.readUInt32BE(20) };
}
