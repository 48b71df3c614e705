/** Asks Timbre's HTTP API and understands what it says. */

import type { z } from "zod";
import { errorResource } from "../resources.ts";

/** Something went wrong; `sentence` says it to a person, undefined where nobody answered. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly sentence: string | undefined;
  /** The HTTP status; 0 where nobody answered. */
  readonly status: number;

  constructor(sentence?: string, status = 0) {
    super(sentence ?? "Nobody answers.");
    this.sentence = sentence;
    this.status = status;
  }
}

/** Dispatched at the window when an answer says that the session is over. */
export const SIGNED_OUT = "timbre-signed-out";

/** How a request differs from a plain GET. */
export interface Asking {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/**
 * Asks for a resource.
 * @throws ApiError with the sentence to show; the signal's reason when aborted.
 */
export async function ask<T>(resource: z.ZodType<T>, url: string, asking: Asking = {}): Promise<T> {
  const { method = "GET", body, signal } = asking;
  const headers = { "accept-language": document.documentElement.lang, accept: "application/json" };
  const response = await fetch(url, {
    method,
    signal: signal ?? null,
    ...(body === undefined
      ? { headers }
      : { headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(body) }),
  }).catch((error: unknown) => {
    throw signal?.aborted ? error : new ApiError();
  });
  return understand(resource, response.status, await response.text());
}

/** What an answer says. @throws ApiError when it is an error, or nothing that Timbre says. */
export function understand<T>(resource: z.ZodType<T>, status: number, body: string): T {
  const answer = parseJson(body);
  if (status === 401) dispatchEvent(new Event(SIGNED_OUT));
  if (status >= 400) throw new ApiError(errorResource.safeParse(answer).data?.error.message, status);
  const parsed = resource.safeParse(answer);
  if (!parsed.success) throw new ApiError(undefined, status);
  return parsed.data;
}

/** An empty answer, as to a deletion, is undefined. */
function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
