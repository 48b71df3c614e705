/** A place with nothing in it yet, which says how something gets there. */

import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icons.tsx";

interface EmptyProps {
  readonly icon: IconName;
  readonly title: string;
  /** What to do, and perhaps a link that does it. */
  readonly children?: ComponentChildren;
}

/** An icon, a title, and what to do. */
export function Empty({ icon, title, children }: EmptyProps) {
  return (
    <div class="empty">
      <Icon name={icon} />
      <h3>{title}</h3>
      {children}
    </div>
  );
}
