/** A resource of the API as a part of the page sees it: on its way, there, or not to be had. */

import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Translate } from "../../i18n/translate.ts";
import { type Answering, ApiError, ask } from "./http.ts";
import { useVoice } from "./language.ts";

/** What is known of a resource; while it is asked for again, what was there stays. */
export interface Known<T> {
  readonly value: T | undefined;
  /** Why it can't be had, as a sentence. */
  readonly problem: string | undefined;
  /** Whether the value is that of an earlier address. */
  readonly stale: boolean;
  /** Asks again. */
  reload(): void;
  /** Takes a value that is known to be newer, such as the answer to a change. */
  put(value: T): void;
}

/** Asks an endpoint whenever the address changes, and at every `reload`; without an address, not at all. */
export function useResource<T>(endpoint: Answering<T>, address: string | undefined): Known<T> {
  const t = useVoice();
  const [state, setState] = useState<{ at?: string; value?: T; problem?: string }>({});
  const [turn, setTurn] = useState(0);
  const asked = useRef(endpoint);
  // A turn asks again, though nothing else has changed.
  useEffect(() => {
    if (address === undefined) return;
    const controller = new AbortController();
    ask(asked.current, address, controller.signal).then(
      (value) => setState({ at: address, value }),
      (error: unknown) => {
        if (!controller.signal.aborted) setState((before) => ({ ...before, problem: sentenceOf(error, t) }));
      },
    );
    return () => controller.abort();
  }, [address, turn, t]);
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  const put = useCallback((value: T) => setState((before) => ({ ...before, value })), []);
  return { value: state.value, problem: state.problem, stale: state.at !== address, reload, put };
}

/** What to show for an error that came from asking. */
export function sentenceOf(error: unknown, t: Translate): string {
  return (error instanceof ApiError ? error.sentence : undefined) ?? t("page.offline");
}
