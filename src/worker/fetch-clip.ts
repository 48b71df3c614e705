/** Gets a clip's bytes from where a chat keeps its attachments. */

import { type Dispatcher, request } from "undici";
import { tooLarge, UserError } from "../errors.ts";
import { RetryLaterError } from "../jobs/backoff.ts";
import { PrivateAddressError, publicAgent } from "./public-addresses.ts";

/** What may be fetched. */
export interface FetchLimits {
  /**
   * Hosts that may be asked, through https. One with its port (`127.0.0.1:8080`) may also be asked through http:
   * nobody writes that by mistake, and a local Discord needs it.
   */
  readonly hosts: readonly string[];
  /** Largest file in bytes; counted while it arrives, whatever its headers claim. */
  readonly maxBytes: number;
  /** Longest time for the whole file, in ms. Default 30 seconds. */
  readonly timeoutMs?: number;
  /** Connects to the hosts; by default only to public addresses. Hosts that are listed with a port may be anywhere. */
  readonly dispatcher?: Dispatcher;
  /** Ends the fetch early. */
  readonly signal?: AbortSignal;
}

/** An attachment of 100 MiB needs 28 Mbit/s for this; those that people record are a thousand times smaller. */
const TIMEOUT_MS = 30_000;
/** Its connections are shared by all fetches. */
const PUBLIC = publicAgent();
/** Client errors that mean "later", not "never": request timeout, too early, too many requests. */
const PASSING_STATUSES = [408, 425, 429];

/**
 * Fetches a clip.
 * @throws UserError `fetch-refused`, `fetch-gone` or `too-large`; any other error may pass, so try again: `RetryLaterError` says when.
 */
export async function fetchClip(address: string, limits: FetchLimits): Promise<Uint8Array> {
  const url = new URL(address);
  if (!mayAsk(url, limits.hosts)) throw new UserError("fetch-refused", { host: url.host });
  const timeout = AbortSignal.timeout(limits.timeoutMs ?? TIMEOUT_MS);
  const signal = limits.signal ? AbortSignal.any([timeout, limits.signal]) : timeout;
  const dispatcher = url.port === "" ? { dispatcher: limits.dispatcher ?? PUBLIC } : {};
  const { statusCode, headers, body } = await request(url, { signal, ...dispatcher }).catch((error: unknown) => {
    throw error instanceof PrivateAddressError ? new UserError("fetch-refused", { host: url.host }) : error;
  });
  // What isn't read is thrown away; an error while doing so is of no interest any more.
  body.on("error", () => undefined);
  try {
    if (statusCode >= 300 && statusCode < 400) throw new UserError("fetch-refused", { host: target(headers, url) });
    if (PASSING_STATUSES.includes(statusCode) || statusCode >= 500)
      throw new RetryLaterError(`${url.host} answered ${statusCode}.`, waitOf(headers));
    if (statusCode !== 200) throw new UserError("fetch-gone");
    return await readAtMost(body, limits.maxBytes);
  } finally {
    body.destroy();
  }
}

function mayAsk(url: URL, hosts: readonly string[]): boolean {
  if (!hosts.includes(url.host)) return false;
  return url.protocol === "https:" || (url.protocol === "http:" && url.port !== "");
}

/** How long (ms) the server wants to be left alone; 0 when it doesn't say, or names a date. */
function waitOf(headers: Readonly<Record<string, string | string[] | undefined>>): number {
  const seconds = Number(headers["retry-after"]);
  return seconds > 0 ? seconds * 1000 : 0;
}

/** The host that a redirect leads to. Attachments are where their address says, so none is followed. */
function target(headers: Readonly<Record<string, string | string[] | undefined>>, from: URL): string {
  const location = headers["location"];
  return typeof location === "string" && URL.canParse(location, from) ? new URL(location, from).host : from.host;
}

async function readAtMost(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
