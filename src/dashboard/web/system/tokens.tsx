/** Personal access tokens: how a reader's programs use the HTTP API. */

import { useId, useState } from "preact/hooks";
import { addressOf } from "../../api/endpoint.ts";
import { API } from "../../api/index.ts";
import { SCOPES, type Scope } from "../../api/scopes.ts";
import { perform, send } from "../http.ts";
import { useVoice } from "../language.ts";
import { Check } from "../parts/check.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { NumberField } from "../parts/number-field.tsx";
import { Problem } from "../parts/problem.tsx";
import { SecretOnce } from "../parts/secret-once.tsx";
import { timesOf } from "../times.ts";
import { useAction } from "../use-action.ts";
import { useResource } from "../use-resource.ts";

const DEFAULT_DAYS = 90;

/** Those there are, and a form for another one; it is shown once. */
export function Tokens() {
  const t = useVoice();
  const { day } = timesOf(t);
  const tokens = useResource(API.tokens, API.tokens.path);
  const { busy, problem, attempt } = useAction();
  const [name, setName] = useState("");
  const [days, setDays] = useState(DEFAULT_DAYS);
  const [scopes, setScopes] = useState<readonly Scope[]>(["moods:read"]);
  const [secret, setSecret] = useState<string>();
  const id = useId();
  const make = () =>
    attempt(async () => {
      const request = { name, scopes: [...scopes], expiresInDays: days };
      setSecret((await send(API.makeToken, API.makeToken.path, request)).token);
      setName("");
      tokens.reload();
    });
  const end = (tokenId: string) =>
    attempt(async () => {
      await perform(API.endToken, addressOf(API.endToken, { tokenId }));
      tokens.reload();
    });
  return (
    <section class="card stack">
      <h2>{t("page.tokens")}</h2>
      <p class="note">{t("page.tokens-what")}</p>
      <Loaded of={tokens} lines={2}>
        {(list) => (
          <ul class="stack">
            {list.map((token) => (
              <li key={token.id} class="row">
                <strong>{token.name}</strong>
                <span class="note">
                  {token.scopes.join(", ")} · {t("page.token-made", { time: day(token.createdAt) })}
                  {token.expiresAt !== null && ` · ${t("page.token-ends", { time: day(token.expiresAt) })}`}
                </span>
                <button type="button" class="quiet push" disabled={busy} onClick={() => end(token.id)}>
                  {t("page.token-end")}
                </button>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <div class="fields">
          <div class="field">
            <label for={id}>{t("page.token-name")}</label>
            <input
              id={id}
              required
              maxLength={80}
              value={name}
              onInput={({ currentTarget }) => setName(currentTarget.value)}
            />
          </div>
          <NumberField {...{ label: t("page.token-days"), min: 1, max: 365, value: days }} onChange={setDays} />
        </div>
        <fieldset>
          <legend>{t("page.token-scopes")}</legend>
          <div class="checks">
            {SCOPES.map((scope) => (
              <Check
                key={scope}
                label={scope}
                checked={scopes.includes(scope)}
                onChange={(on) => setScopes(on ? [...scopes, scope] : scopes.filter((each) => each !== scope))}
              />
            ))}
          </div>
        </fieldset>
        <div class="row">
          <button type="submit" class="primary" disabled={busy || scopes.length === 0}>
            {t("page.token-make")}
          </button>
        </div>
      </form>
      {problem !== undefined && <Problem sentence={problem} />}
      <SecretOnce secret={secret} />
    </section>
  );
}
