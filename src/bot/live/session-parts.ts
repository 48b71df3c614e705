/** What a live session is made from. */

import type { VoiceBasedChannel } from "discord.js";
import type { Logger } from "pino";
import type { Translate } from "../../i18n/index.ts";
import type { Store } from "../../store/index.ts";
import type { Clock } from "../voice/clock.ts";
import type { DepartureRules } from "./departure.ts";
import type { UtteranceSink } from "./handing-on.ts";
import type { HeardSince } from "./health.ts";

/** What every session needs. */
export interface SessionSurroundings {
  readonly store: Pick<Store, "live" | "utterances" | "consents">;
  readonly queue: UtteranceSink;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Keeps voice connections of several bots in one process apart. */
  readonly group: string;
  /** Hears how much was said, arrived and dropped since the last time, for counters. */
  readonly onHeard?: ((heard: HeardSince) => void) | undefined;
}

/** What one session is. */
export interface SessionParts extends SessionSurroundings {
  readonly id: string;
  readonly channel: VoiceBasedChannel;
  readonly startedBy: string;
  readonly halfLifeMs: number;
  readonly rules: DepartureRules;
  /** Speaks the language of the server. */
  readonly t: Translate;
  /** It is over, and everything is said. */
  onOver(): void;
}
