/** Where the reader is: `/try`, `/system`, or a page of a server such as `/servers/123/history?days=7`. */

import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";

/** Pages that are about one server. */
export const GUILD_PAGES = ["overview", "live", "history", "alerts", "settings"] as const;
/** A page that is about one server. */
export type GuildPage = (typeof GUILD_PAGES)[number];
/** Any page. */
export type Page = GuildPage | "try" | "system";

/** A page, and of which server. */
export type Place =
  | { readonly page: GuildPage; readonly guildId: string }
  | { readonly page: "try" | "system" }
  /** The address without a path: whichever page suits the reader. */
  | { readonly page: "start" }
  | { readonly page: "nowhere" };

const MOVED = "timbre-moved";

/** The place that a path means. */
export function placeOf(path: string): Place {
  const [first = "", guildId = "", page = "overview", ...more] = path.split("/").filter((part) => part !== "");
  if (first === "") return { page: "start" };
  if ((first === "try" || first === "system") && guildId === "") return { page: first };
  const known = GUILD_PAGES.find((name) => name === page);
  if (first === "servers" && /^\d+$/.test(guildId) && known && more.length === 0) return { page: known, guildId };
  return { page: "nowhere" };
}

/** The path of a page. */
export function pathOf(page: Page, guildId: string | undefined): string {
  return page === "try" || page === "system" ? `/${page}` : `/servers/${guildId ?? ""}/${page}`;
}

/** Goes to an address on this page; `replace` leaves no step to go back to. */
export function go(address: string, replace = false): void {
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  dispatchEvent(new Event(MOVED));
}

/** The path and query of the address, as they change. */
export function useAddress(): { readonly path: string; readonly query: URLSearchParams } {
  const read = () => location.pathname + location.search;
  const [address, setAddress] = useState(read);
  useEffect(() => {
    const follow = () => setAddress(read());
    addEventListener("popstate", follow);
    addEventListener(MOVED, follow);
    return () => {
      removeEventListener("popstate", follow);
      removeEventListener(MOVED, follow);
    };
  }, []);
  const { pathname, searchParams } = new URL(address, location.origin);
  return { path: pathname, query: searchParams };
}

interface LinkProps {
  readonly to: string;
  readonly class?: string;
  /** Whether it leads to where the reader is. */
  readonly current?: boolean;
  readonly onFollow?: () => void;
  readonly children: ComponentChildren;
}

/** A link within the page: followed without loading anew, but a real one for new tabs and copying. */
export function Link({ to, current = false, onFollow, children, ...rest }: LinkProps) {
  return (
    <a
      {...rest}
      href={to}
      aria-current={current ? "page" : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        go(to);
        onFollow?.();
      }}
    >
      {children}
    </a>
  );
}
