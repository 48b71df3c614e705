/** Looks at the rules with every reading of a server, and raises alerts. */

import type { Logger } from "pino";
import { firingWith } from "../../mood/alerts.ts";
import type { Store } from "../../store/index.ts";

/** What raising alerts needs. */
export interface RaiseParts {
  readonly store: Pick<Store, "alertRules" | "alerts" | "clips">;
  readonly logger: Logger;
  /** Told which alert was raised. */
  onRaised(alertId: string): Promise<void>;
}

/** Looks at the rules of a clip's server now that the clip has a reading. A failure is logged: the reading is there. */
export function alertRaiser({ store, logger, onRaised }: RaiseParts): (clipId: string) => Promise<void> {
  async function look(clipId: string): Promise<void> {
    const clip = await store.clips.find(clipId);
    const guildId = clip?.attribution?.guildId;
    if (!clip?.reading?.speech || guildId === undefined) return;
    const channelId = clip.attribution?.channelId ?? "";
    const at = clip.createdAt.getTime();
    for (const rule of await store.alertRules.of(guildId)) {
      const { terms, isOn } = rule;
      if (!isOn || (terms.channelIds.length > 0 && !terms.channelIds.includes(channelId))) continue;
      const [after, until] = [new Date(at - terms.windowMs), new Date(at + terms.windowMs)];
      const firing = firingWith(terms, await store.alertRules.heard(guildId, channelId, after, until), at);
      if (!firing) continue;
      const alert = await store.alerts.raise(rule, channelId, firing);
      if (!alert) continue;
      logger.info({ alert: alert.id, isQuiet: alert.isQuiet }, "alert raised");
      await onRaised(alert.id);
    }
  }

  return (clipId) =>
    look(clipId).catch((error: unknown) => {
      logger.error({ clip: clipId, reason: String(error) }, "alert rules couldn't be looked at");
    });
}

/** The store, with somebody who is told of every reading that it saves. */
export function watched<Part extends Pick<Store, "clips" | "utterances">>(
  store: Part,
  onRead: (clipId: string) => Promise<void>,
): Part {
  return {
    ...store,
    clips: {
      ...store.clips,
      async saveReading(id, reading) {
        await store.clips.saveReading(id, reading);
        await onRead(id);
      },
    },
    utterances: {
      ...store.utterances,
      async finish(id, reading) {
        const destination = await store.utterances.finish(id, reading);
        if (destination === "kept") await onRead(id);
        return destination;
      },
    },
  };
}
