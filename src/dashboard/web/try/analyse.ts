/** A file's way through Timbre: sent, waiting, heard. */

import type { z } from "zod";
import type { Reading } from "../../../ser/index.ts";
import { acceptedResource, clipEndpoints } from "../../api/clips.ts";
import { addressOf } from "../../api/endpoint.ts";
import { ApiError, ask, understand } from "../http.ts";

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
  const { id: clipId } = await send(file, (share) => tell({ kind: "sending", share }), signal);
  let pauseMs = FIRST_PAUSE_MS;
  tell({ kind: "waiting" });
  while (true) {
    const clip = await ask(clipEndpoints.clip, addressOf(clipEndpoints.clip, { clipId }), signal);
    if (clip.reading) return clip.reading;
    if (clip.error) throw new ApiError(clip.error.message, 200);
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
    request.open("POST", clipEndpoints.sendClip.path);
    request.setRequestHeader("accept-language", document.documentElement.lang);
    request.send(form);
    tell(0);
  });
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
