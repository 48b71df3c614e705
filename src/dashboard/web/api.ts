/** Talks to Timbre's HTTP API. */

import type { z } from "zod";
import type { Reading } from "../../ser/index.ts";
import { acceptedResource, clipResource } from "../api/clips.ts";
import { errorResource } from "../api/errors.ts";

/** Something went wrong; `sentence` says it to a person, undefined where nobody answered. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly sentence: string | undefined;

  constructor(sentence?: string) {
    super(sentence ?? "Nobody answers.");
    this.sentence = sentence;
  }
}

/** What a visitor sees on the way to a reading. */
export type Progress = { readonly kind: "sending"; readonly share: number } | { readonly kind: "waiting" | "active" };

/** First pause between two questions, and how it grows while the answer isn't there. */
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 2000;
const PAUSE_GROWTH = 1.4;

/**
 * Sends a file and waits for what was heard in it.
 * @throws ApiError with the sentence to show; the signal's reason when aborted.
 */
export async function analyse(file: File, tell: (progress: Progress) => void, signal: AbortSignal): Promise<Reading> {
  const { url } = await send(file, (share) => tell({ kind: "sending", share }), signal);
  let pauseMs = FIRST_PAUSE_MS;
  tell({ kind: "waiting" });
  while (true) {
    const clip = await ask(url, signal);
    if (clip.reading) return clip.reading;
    if (clip.error) throw new ApiError(clip.error.message);
    tell({ kind: clip.status === "active" ? "active" : "waiting" });
    await pause(pauseMs, signal);
    pauseMs = Math.min(pauseMs * PAUSE_GROWTH, LONGEST_PAUSE_MS);
  }
}

/** XMLHttpRequest, because `fetch` doesn't say how much of a body has been sent. */
function send(file: File, tell: (share: number) => void, signal: AbortSignal) {
  return new Promise<z.infer<typeof acceptedResource>>((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append("file", file);
    request.upload.onprogress = ({ loaded, total }) => tell(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new ApiError());
    request.onabort = () => reject(signal.reason);
    request.onload = () => {
      try {
        resolve(understand(acceptedResource, request.status, request.responseText));
      } catch (error) {
        reject(error);
      }
    };
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.open("POST", "/api/v1/clips");
    request.send(form);
    tell(0);
  });
}

async function ask(url: string, signal: AbortSignal) {
  const response = await fetch(url, { signal }).catch((error: unknown) => {
    throw signal.aborted ? error : new ApiError();
  });
  return understand(clipResource, response.status, await response.text());
}

/** @throws ApiError when the answer is an error, or nothing that Timbre says. */
function understand<T>(resource: z.ZodType<T>, status: number, body: string): T {
  const answer = parseJson(body);
  if (status >= 400) throw new ApiError(errorResource.safeParse(answer).data?.error.message);
  const parsed = resource.safeParse(answer);
  if (!parsed.success) throw new ApiError();
  return parsed.data;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
