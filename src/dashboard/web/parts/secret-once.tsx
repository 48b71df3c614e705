/** A secret that was just made: it can't be shown again. */

import { useVoice } from "../language.ts";

/** Shows the secret, if there is one, and says that this is the only time. */
export function SecretOnce({ secret }: { readonly secret: string | undefined }) {
  const t = useVoice();
  if (secret === undefined) return null;
  return (
    <p class="secret" role="status">
      {t("page.secret-once")} <code>{secret}</code>
    </p>
  );
}
