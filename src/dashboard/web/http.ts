/** Asks Timbre's HTTP API and understands what it says. */

import { z } from "zod";
import type { Endpoint } from "../api/endpoint.ts";
import { errorResource } from "../api/errors.ts";

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

/** An endpoint that answers. */
export type Answering<T> = Endpoint & { readonly answer: z.ZodType<T> };
/** An endpoint that takes something. */
type Taking<B> = Endpoint & { readonly body: z.ZodType<unknown, B> };

/**
 * Asks for what stands at an address (`addressOf`).
 * @throws ApiError with the sentence to show; the signal's reason when aborted.
 */
export function ask<T>(endpoint: Answering<T>, address: string, signal?: AbortSignal): Promise<T> {
  return request(endpoint, endpoint.answer, address, undefined, signal);
}

/** Sends something and takes what is answered. @throws ApiError as `ask`. */
export function send<T, B>(endpoint: Answering<T> & Taking<B>, address: string, body: B): Promise<T> {
  return request(endpoint, endpoint.answer, address, body);
}

/** Does something that nothing is answered to. @throws ApiError as `ask`. */
export function perform(endpoint: Endpoint, address: string): Promise<unknown> {
  return request(endpoint, z.unknown(), address);
}

async function request<T>(
  { method }: Endpoint,
  resource: z.ZodType<T>,
  address: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<T> {
  const headers = { "accept-language": document.documentElement.lang, accept: "application/json" };
  const sent =
    body === undefined
      ? { headers }
      : { headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(address, { method, signal: signal ?? null, ...sent }).catch((error: unknown) => {
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
