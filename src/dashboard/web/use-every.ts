import { useEffect } from "preact/hooks";

/** Does something again and again while somebody looks at the page. `deed` must stay the same function. */
export function useEvery(everyMs: number, deed: () => void): void {
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) deed();
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, deed]);
}
