import { useLayoutEffect } from "preact/hooks";

/** Names the document after what the page shows, no later than it shows it. */
export function useTitle(title: string): void {
  useLayoutEffect(() => {
    document.title = `${title} · Timbre`;
  }, [title]);
}
