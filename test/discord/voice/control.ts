/** What a test may do to voice: look at calls, disturb them, and wait until their encryption is there. */

import type { Journal } from "../journal.ts";
import { APPLICATION_ID, BOT_USER, VOICE_CHANNEL_ID } from "../payloads.ts";
import type { Calls } from "./calls.ts";
import type { LinkQuality } from "./link.ts";
import type { VoiceAction, VoiceServer } from "./voice-server.ts";

/** Voice, seen from outside. Channels default to the guild's first, users to the bot. */
export class VoiceControl {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** What clients did at voice gateways, in order. */
  get actions(): Journal<VoiceAction> {
    return this.#calls.actions;
  }

  /** For `NODE_EXTRA_CA_CERTS` of other processes: the voice gateways' certificate. */
  get certificate(): string {
    return this.#calls.certificate.cert;
  }

  /** The voice server that has a channel's call now. */
  server(channelId: string = VOICE_CHANNEL_ID): Promise<VoiceServer> {
    return this.#calls.server(channelId);
  }

  /** Waits until exactly these users share the call's encryption. */
  async encrypted(userIds: readonly string[], channelId?: string): Promise<void> {
    const { group } = await this.server(channelId);
    if (group.isSettled(userIds)) return;
    await group.events.find(() => group.isSettled(userIds), `an encrypted call of ${userIds.join(", ")}`);
  }

  /** How good the way to the bot is from now on, whichever server has its call. */
  disturb(quality: LinkQuality, userId: string = APPLICATION_ID): Promise<void> {
    return this.#calls.disturb(userId, quality);
  }

  /** How many packets of somebody, without silence, any server sent on the way to the bot; what got lost on it counts, too. */
  passedToBot(userId: string): number {
    return this.#calls.passedToBot(userId);
  }

  /** Keeps packets on their way to the bot until the answer is called; then all come at once. */
  async jam(): Promise<() => void> {
    return (await this.server()).session(APPLICATION_ID).link.jam();
  }

  /** Closes the bot's voice connection with a code, or cuts its wire. */
  async drop(code?: number): Promise<void> {
    (await this.server()).drop(APPLICATION_ID, code);
  }

  /** A moderator throws the bot out. */
  disconnectBot(): Promise<void> {
    return this.#calls.disconnect(BOT_USER);
  }

  /** A moderator moves the bot to another channel. */
  moveBot(channelId: string): Promise<void> {
    return this.#calls.update(BOT_USER, { channelId });
  }

  /** The call goes to another voice server. */
  moveServer(channelId: string = VOICE_CHANNEL_ID): Promise<void> {
    return this.#calls.moveServer(channelId);
  }
}
