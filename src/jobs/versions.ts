/**
 * How jobs of one version meet workers of another.
 *
 * The policy: old and new work together for one version of the schema, in both directions, so that bots and workers can
 * be updated one after another. Hence
 * - a new version only adds: new fields may be absent, old ones keep their meaning, no list of choices grows shorter;
 * - a reader of version N takes N - 1, by its `upgrade`, and N + 1, as if it were N, ignoring what it doesn't know;
 * - anything else isn't guessed at. What is too new waits for a newer worker; what is too old is given up with a word.
 */

import { z } from "zod";

/** What a reader makes of a job. */
export type ReadJob<Job> =
  | { readonly kind: "job"; readonly job: Job }
  /** Written by a bot that is more than one version ahead: a newer worker can read it. */
  | { readonly kind: "too-new"; readonly version: number }
  /** No worker of this version or a newer one can read it. */
  | { readonly kind: "unreadable"; readonly reason: string };

/** The jobs of one version. */
export interface JobVersion<Job> {
  readonly version: number;
  /** What a job of this version looks like; unknown fields are dropped. */
  readonly schema: z.ZodType<Job>;
  /** Makes a job of this version from one of the version before; without it, there is none before. */
  readonly upgrade?: (previous: Readonly<Record<string, unknown>>) => unknown;
}

const envelope = z.looseObject({ version: z.int().positive() });

/** A reader of the jobs of `current`, the version before and the one after. */
export function jobReader<Job>({ version, schema, upgrade }: JobVersion<Job>): (data: unknown) => ReadJob<Job> {
  return (data) => {
    const opened = envelope.safeParse(data);
    if (!opened.success) return { kind: "unreadable", reason: "it says no version" };
    const written = opened.data.version;
    if (written > version + 1) return { kind: "too-new", version: written };
    if (written < version && (written < version - 1 || upgrade === undefined))
      return { kind: "unreadable", reason: `version ${written} is too old` };
    const upgraded = written < version ? upgrade?.(opened.data) : opened.data;
    const parsed = schema.safeParse(typeof upgraded === "object" ? { ...upgraded, version } : upgraded);
    if (parsed.success) return { kind: "job", job: parsed.data };
    // A version ahead that isn't readable after all broke the policy; still, a newer worker knows it.
    if (written > version) return { kind: "too-new", version: written };
    return { kind: "unreadable", reason: z.prettifyError(parsed.error) };
  };
}
