/** Brings alerts to where they go: a server's alert channel, and webhooks. */

import { DiscordAPIError } from "@discordjs/rest";
import { Routes } from "discord-api-types/v10";
import type { Logger } from "pino";
import { discordRest, type RestSettings } from "../../discord-rest.ts";
import { translator } from "../../i18n/index.ts";
import { FinalError } from "../../jobs/consumer.ts";
import type { DeliveryHandlers } from "../../jobs/deliveries.ts";
import { FEWEST_PEOPLE } from "../../mood/few-people.ts";
import type { Alert, Store } from "../../store/index.ts";
import { alertMessage } from "./message.ts";
import type { WebhookSender } from "./webhook.ts";

/** What delivering needs. */
export interface DeliverParts {
  readonly store: Pick<Store, "alerts" | "deliveries" | "guilds">;
  readonly discordApi: string;
  readonly discordToken: string | undefined;
  readonly discordOptions?: RestSettings;
  readonly send: WebhookSender;
  readonly logger: Logger;
}

/** Makes deliveries: each arrives once, however often it is tried. */
export function alertDeliverer(parts: DeliverParts): DeliveryHandlers {
  const { store, logger } = parts;
  const rest = discordRest(parts.discordApi, parts.discordToken, parts.discordOptions);

  async function toDiscord(alert: Alert, deliveryId: string): Promise<void> {
    const { alertChannelId, language } = await store.guilds.settings(alert.guildId);
    if (alertChannelId === null) throw new FinalError("the server has no alert channel any more");
    if (parts.discordToken === undefined) throw new FinalError("without DISCORD_TOKEN nothing is sent to Discord");
    const body = alertMessage(alert, deliveryId, translator(language ?? "en"));
    try {
      await rest.post(Routes.channelMessages(alertChannelId), { body });
    } catch (error) {
      if (error instanceof DiscordAPIError && error.status !== 429 && error.status < 500)
        throw new FinalError(`Discord refused it: ${error.message}`);
      throw new Error("Discord couldn't be reached");
    }
  }

  return {
    async deliver(id) {
      const delivery = await store.deliveries.due(id);
      const alert = delivery && (await store.alerts.find(delivery.alertId));
      if (!delivery || !alert) return;
      const { webhook, secret, isOff } = delivery;
      if (isOff) throw new FinalError("the webhook is off");
      if (webhook && secret !== null) await parts.send({ url: webhook.url, secret, id, body: webhookBody(alert) });
      else await toDiscord(alert, id);
      await store.deliveries.end(id, "delivered");
      logger.info({ alert: alert.id, delivery: id }, "alert delivered");
    },
    async failed(id, error) {
      logger.warn({ delivery: id, reason: error.message }, "alert couldn't be delivered");
      await store.deliveries.end(id, "failed", error.message);
    },
    onError: (error) => logger.error({ reason: String(error) }, "queue error"),
  };
}

/** What a webhook gets. It has the alert's time in it and not the sending's, so that every try sends the same. */
function webhookBody({ id, guildId, channelId, ruleId, ruleName, at, evidence }: Alert): string {
  const { people, from, to, ...rest } = evidence;
  return JSON.stringify({
    type: "alert.raised",
    timestamp: new Date(at).toISOString(),
    data: {
      ...{ id, guildId, channelId: channelId || null, ruleId, ruleName },
      evidence: {
        ...rest,
        people: people < FEWEST_PEOPLE ? null : people,
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
      },
    },
  });
}
