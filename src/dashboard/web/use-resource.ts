/** A resource of the API as a part of the page sees it: on its way, there, or not to be had. */

import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { z } from "zod";
import { ApiError, ask } from "./http.ts";
import { useVoice } from "./language.ts";

/** What is known of a resource; while it is asked for again, what was there stays. */
export interface Known<T> {
  readonly value: T | undefined;
  /** Why it can't be had, as a sentence. */
  readonly problem: string | undefined;
  /** Asks again. */
  reload(): void;
}

/** Asks for `url` whenever it changes, and at every `reload`; undefined asks for nothing. */
export function useResource<T>(resource: z.ZodType<T>, url: string | undefined): Known<T> {
  const t = useVoice();
  const [state, setState] = useState<{ url?: string; value?: T; problem?: string }>({});
  const [turn, setTurn] = useState(0);
  const schema = useRef(resource);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a turn asks again, though nothing else has changed
  useEffect(() => {
    if (url === undefined) return;
    const controller = new AbortController();
    ask(schema.current, url, { signal: controller.signal }).then(
      (value) => setState({ url, value }),
      (error: unknown) => {
        if (!controller.signal.aborted) setState((before) => ({ ...before, problem: sentenceOf(error, t) }));
      },
    );
    return () => controller.abort();
  }, [url, turn, t]);
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  return { value: state.value, problem: state.problem, reload };
}

/** What to show for an error that came from asking. */
export function sentenceOf(error: unknown, t: ReturnType<typeof useVoice>): string {
  return (error instanceof ApiError ? error.sentence : undefined) ?? t("page.offline");
}
