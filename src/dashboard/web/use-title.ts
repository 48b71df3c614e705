import { useEffect } from "preact/hooks";

/** Names the document after what the page shows. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Timbre`;
  }, [title]);
}
