/** Something that a reader does which the server has to agree to. */

import { useState } from "preact/hooks";
import { useVoice } from "./language.ts";
import { sentenceOf } from "./use-resource.ts";

/** A deed and how it goes. */
export interface Action {
  readonly busy: boolean;
  /** Why it didn't work, as a sentence. */
  readonly problem: string | undefined;
  /** Does it; one at a time. Whether it worked. */
  attempt(deed: () => Promise<unknown>): Promise<boolean>;
}

/** For buttons and forms: busy while it goes on, and a sentence when it fails. */
export function useAction(): Action {
  const t = useVoice();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const attempt = async (deed: () => Promise<unknown>) => {
    if (busy) return false;
    setBusy(true);
    setProblem(undefined);
    try {
      await deed();
      return true;
    } catch (error) {
      setProblem(sentenceOf(error, t));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, attempt };
}
