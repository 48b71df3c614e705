/** A resource, or what stands in its place while it isn't there. */

import type { ComponentChildren } from "preact";
import type { Known } from "../use-resource.ts";
import { Problem } from "./problem.tsx";
import { Waiting } from "./waiting.tsx";

interface LoadedProps<T> {
  readonly of: Known<T>;
  readonly lines?: number;
  readonly children: (value: T) => ComponentChildren;
}

/** Waits, explains, or shows; what was shown before stays beside a problem. */
export function Loaded<T>({ of: { value, problem, reload }, lines, children }: LoadedProps<T>) {
  return (
    <>
      {problem !== undefined && <Problem sentence={problem} onRetry={reload} />}
      {value !== undefined && children(value)}
      {value === undefined && problem === undefined && <Waiting {...(lines === undefined ? {} : { lines })} />}
    </>
  );
}
