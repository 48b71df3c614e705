/** Something wide, such as a table, on a narrow screen. */

import type { ComponentChildren } from "preact";

interface ScrollProps {
  /** What is in it. */
  readonly label: string;
  readonly children: ComponentChildren;
}

/** A region that scrolls by itself, also by keyboard. */
export function Scroll({ label, children }: ScrollProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class="scroll" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
