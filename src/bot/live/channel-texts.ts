/** What a live session writes into its channel. */

import { DiscordAPIError, type Message, RESTJSONErrorCodes, type VoiceBasedChannel } from "discord.js";
import type { Logger } from "pino";
import { loggable } from "../loggable.ts";
import type { ChannelMessage } from "./panel.ts";
import type { ReadoutBody } from "./readout-message.ts";
import type { SummaryMessage } from "./summary.ts";

/** One channel. */
export class ChannelTexts {
  readonly #channel: VoiceBasedChannel;
  readonly #logger: Logger;
  #readout: Message | undefined;

  constructor(channel: VoiceBasedChannel, logger: Logger) {
    this.#channel = channel;
    this.#logger = logger;
  }

  /** Says that Timbre listens. @throws Error when Discord doesn't take it: then nobody may be heard. */
  async announce({ content, components, allowedMentions: { users } }: ChannelMessage): Promise<void> {
    await this.#channel.send({ content, components, allowedMentions: { users } });
  }

  /** Shows the readout for the first time; answers its id. @throws Error when Discord doesn't take it. */
  async showReadout(body: ReadoutBody): Promise<string> {
    this.#readout = await this.#channel.send(body);
    return this.#readout.id;
  }

  /** Changes the readout; one that was deleted comes again. @throws Error when Discord doesn't take it. */
  async changeReadout(body: ReadoutBody): Promise<void> {
    try {
      await this.#readout?.edit(body);
    } catch (error) {
      const isGone = error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMessage;
      if (!isGone) throw error;
      await this.showReadout(body);
    }
  }

  /** Ends the readout, and says the last word. Never fails: the log says what couldn't be told. */
  async end(body: ReadoutBody, last: Promise<SummaryMessage>): Promise<void> {
    await this.changeReadout(body).catch(this.#lost("readout"));
    await last.then((message) => this.#channel.send(message)).catch(this.#lost("summary"));
  }

  #lost(what: string) {
    return (error: unknown) => this.#logger.warn({ err: loggable(error), what }, "channel couldn't be told");
  }
}
