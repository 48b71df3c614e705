/** Addresses that are told of alerts. */

import { useId, useState } from "preact/hooks";
import type { WebhookResource } from "../../api/alerts.ts";
import { addressOf } from "../../api/endpoint.ts";
import { API } from "../../api/index.ts";
import { perform, send } from "../http.ts";
import { useVoice } from "../language.ts";
import { Empty } from "../parts/empty.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { Problem } from "../parts/problem.tsx";
import { SecretOnce } from "../parts/secret-once.tsx";
import { useAction } from "../use-action.ts";
import { useResource } from "../use-resource.ts";

const TONES = { waiting: "", delivered: "good", failed: "alarm" } as const;

/** A list, and a form for another one; its secret is shown once. */
export function Webhooks({ guildId }: { readonly guildId: string }) {
  const t = useVoice();
  const webhooks = useResource(API.webhooks, addressOf(API.webhooks, { guildId }));
  const { busy, problem, attempt } = useAction();
  const [url, setUrl] = useState("");
  const [secret, setSecret] = useState<string>();
  const id = useId();
  const add = () =>
    attempt(async () => {
      setSecret((await send(API.makeWebhook, addressOf(API.makeWebhook, { guildId }), { url })).secret);
      setUrl("");
      webhooks.reload();
    });
  const change = (deed: Promise<unknown>) => attempt(() => deed.then(webhooks.reload));
  return (
    <section class="card stack">
      <h2>{t("page.view-webhooks")}</h2>
      <p class="note">{t("page.webhooks-what")}</p>
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <div class="field grow">
          <label for={id}>{t("page.webhook-url")}</label>
          <input
            id={id}
            type="url"
            required
            pattern="https?://.*"
            value={url}
            onInput={({ currentTarget }) => setUrl(currentTarget.value)}
          />
        </div>
        <button type="submit" class="primary" disabled={busy}>
          {t("page.add")}
        </button>
      </form>
      {problem !== undefined && <Problem sentence={problem} />}
      <SecretOnce secret={secret} />
      <Loaded of={webhooks}>
        {(list) =>
          list.length === 0 ? (
            <Empty icon="alerts" title={t("page.webhooks-none")} />
          ) : (
            <ul class="stack">
              {list.map((webhook) => (
                <WebhookRow
                  key={webhook.id}
                  webhook={webhook}
                  busy={busy}
                  onToggle={() => {
                    const address = addressOf(API.changeWebhook, { guildId, webhookId: webhook.id });
                    void change(send(API.changeWebhook, address, { isOn: !webhook.isOn }));
                  }}
                  onDelete={() => {
                    const address = addressOf(API.deleteWebhook, { guildId, webhookId: webhook.id });
                    void change(perform(API.deleteWebhook, address));
                  }}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}

interface WebhookRowProps {
  readonly webhook: WebhookResource;
  readonly busy: boolean;
  onToggle(): void;
  onDelete(): void;
}

function WebhookRow({ webhook, busy, onToggle, onDelete }: WebhookRowProps) {
  const t = useVoice();
  return (
    <li class="row">
      <code>{webhook.url}</code>
      <span class="badge" data-tone={webhook.isOn ? "good" : ""}>
        {t(webhook.isOn ? "page.on" : "page.off")}
      </span>
      {webhook.lastStatus && (
        <span class="badge" data-tone={TONES[webhook.lastStatus]}>
          {t(`page.delivery-${webhook.lastStatus}`)}
        </span>
      )}
      <button type="button" class="push" disabled={busy} onClick={onToggle}>
        {t(webhook.isOn ? "page.switch-off" : "page.switch-on")}
      </button>
      <button type="button" class="quiet" disabled={busy} onClick={onDelete}>
        {t("page.delete")}
      </button>
    </li>
  );
}
