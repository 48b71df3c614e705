/** What stays while pages change: where one can go, for which server, and as whom. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useVoice } from "../language.ts";
import { Icon, Logo } from "../parts/icons.tsx";
import { GUILD_PAGES, Link, type Page, pathOf } from "../router.tsx";
import { type GuildChoice, GuildPicker } from "./guild-picker.tsx";
import { Preferences, type PreferencesProps } from "./preferences.tsx";

interface ShellProps extends PreferencesProps {
  readonly guilds: readonly GuildChoice[];
  readonly guildId: string | undefined;
  /** Where the reader is. */
  readonly page: Page | undefined;
  /** Pages that the reader may open besides those of servers. */
  readonly others: readonly ("try" | "system")[];
  readonly children: ComponentChildren;
}

/** A bar at the side of a wide screen; at the foot of a phone's, the rest of it in a sheet. */
export function Shell({ guilds, guildId, page, others, children, ...preferences }: ShellProps) {
  const t = useVoice();
  const [open, setOpen] = useState(false);
  const pages: readonly Page[] = guildId === undefined ? others : [...GUILD_PAGES, ...others];
  const first = pages.slice(0, 4);
  const list = (shown: readonly Page[]) =>
    shown.map((each) => (
      <li key={each}>
        <Link to={pathOf(each, guildId)} current={each === page} onFollow={() => setOpen(false)}>
          <Icon name={each} /> <span>{t(`page.nav-${each}`)}</span>
        </Link>
      </li>
    ));
  const picker = guildId !== undefined && <GuildPicker {...{ guilds, guildId, page }} />;
  return (
    <div class="shell">
      <a class="skip" href="#content">
        {t("page.skip")}
      </a>
      <aside class="side">
        <Brand />
        {picker}
        <nav aria-label={t("page.nav")}>
          <ul class="links">{list(pages)}</ul>
        </nav>
        <Preferences {...preferences} />
      </aside>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <nav class="foot" aria-label={t("page.nav")}>
        <ul>
          {list(first)}
          <li>
            <button type="button" aria-expanded={open} onClick={() => setOpen(true)}>
              <Icon name="menu" /> <span>{t("page.menu")}</span>
            </button>
          </li>
        </ul>
      </nav>
      <Sheet open={open} onClose={() => setOpen(false)}>
        {picker}
        <ul class="links">{list(pages)}</ul>
        <Preferences {...preferences} />
      </Sheet>
    </div>
  );
}

function Brand() {
  return (
    <p class="brand">
      <Logo /> Timbre
    </p>
  );
}

interface SheetProps {
  readonly open: boolean;
  onClose(): void;
  readonly children: ComponentChildren;
}

/** A dialog of the browser's own: it keeps the focus, and Escape closes it. */
function Sheet({ open, onClose, children }: SheetProps) {
  const t = useVoice();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog ref={dialog} class="sheet" aria-label={t("page.menu")} onClose={onClose}>
      {open && (
        <>
          <button type="button" class="quiet" onClick={onClose}>
            <Icon name="close" /> {t("page.close")}
          </button>
          {children}
        </>
      )}
    </dialog>
  );
}
