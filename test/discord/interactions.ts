/** Interactions: what becomes of a person's command, from the bot's acknowledgement to its last edit. */

import { InteractionResponseType, MessageFlags } from "discord-api-types/v10";
import { z } from "zod";
import type { Clock } from "./clock.ts";
import { Journal } from "./journal.ts";
import { messageBody } from "./message-body.ts";
import type { Messages, SeenMessage } from "./messages.ts";
import type { RequestBody } from "./multipart.ts";
import { BOT_USER } from "./payloads.ts";
import { parseBody, problems } from "./problems.ts";

/** An interaction that isn't acknowledged within three seconds has failed. */
export const ACKNOWLEDGE_WITHIN_MS = 3000;
/** An interaction's token is good for a quarter of an hour. */
export const TOKEN_LIFETIME_MS = 15 * 60 * 1000;

const deferral = z.object({ flags: z.int().exactOptional() }).nullish();
const callback = z.discriminatedUnion("type", [
  z.object({ type: z.literal(InteractionResponseType.ChannelMessageWithSource), data: messageBody }),
  z.object({ type: z.literal(InteractionResponseType.DeferredChannelMessageWithSource), data: deferral }),
]);

/** The bot's acknowledgement: an answer at once, or "is thinking…". */
export interface Acknowledgement {
  readonly kind: "acknowledged";
  readonly deferred: boolean;
  readonly message: SeenMessage;
}

/** Something that became of an interaction, in the person's eyes. */
export type InteractionEvent =
  | Acknowledgement
  | { readonly kind: "edited"; readonly message: SeenMessage }
  | { readonly kind: "followed-up"; readonly message: SeenMessage }
  | { readonly kind: "deleted"; readonly messageId: string }
  /** "The application did not respond." */
  | { readonly kind: "failed" };

/** One interaction. */
export class Interaction {
  readonly id: string;
  readonly token: string;
  readonly journal = new Journal<InteractionEvent>();
  readonly #channelId: string;
  readonly #messages: Messages;
  readonly #messageIds = new Set<string>();
  readonly #stopAlarm: () => void;
  readonly #isExpired: () => boolean;
  #originalId: string | undefined;
  #hasFailed = false;

  constructor(id: string, channelId: string, clock: Clock, messages: Messages) {
    this.id = id;
    this.token = `interaction-${id}-token`;
    this.#channelId = channelId;
    this.#messages = messages;
    this.#stopAlarm = clock.after(ACKNOWLEDGE_WITHIN_MS, () => this.fail());
    const endMs = clock.now() + TOKEN_LIFETIME_MS;
    this.#isExpired = () => clock.now() >= endMs;
  }

  /** Gives up on the bot. */
  fail(): void {
    this.#stopAlarm();
    this.#hasFailed = true;
    this.journal.push({ kind: "failed" });
  }

  /** The bot's callback; gives the id of the answer. @throws Problem 10062, 40060, 50035, 50006 */
  acknowledge({ json, files }: RequestBody): string {
    if (this.#hasFailed) throw problems.unknownInteraction();
    if (this.#originalId !== undefined) throw problems.alreadyAcknowledged();
    const { type, data } = parseBody(callback, json);
    const deferred = type === InteractionResponseType.DeferredChannelMessageWithSource;
    const messageId = deferred
      ? this.#messages.addLoading(this.#origin, ((data?.flags ?? 0) & MessageFlags.Ephemeral) !== 0)
      : this.#messages.add(this.#origin, data, files);
    this.#stopAlarm();
    this.#originalId = messageId;
    this.#messageIds.add(messageId);
    this.journal.push({ kind: "acknowledged", deferred, message: this.#messages.seen(messageId) });
    return messageId;
  }

  /** The id of one of the answers; `@original` is the first. @throws Problem 10008, 10015, 50027 */
  answerId(reference: string): string {
    this.#checkToken();
    const id = reference === "@original" ? this.#originalId : reference;
    if (id === undefined || !this.#messageIds.has(id)) throw problems.unknownMessage();
    return id;
  }

  /** Changes an answer and gives its id. @throws Problem 10008, 10015, 50006, 50027, 50035 */
  edit(reference: string, { json, files }: RequestBody): string {
    const id = this.answerId(reference);
    this.#messages.edit(id, parseBody(messageBody, json ?? {}), files);
    this.journal.push({ kind: "edited", message: this.#messages.seen(id) });
    return id;
  }

  /** Adds another answer and gives its id. @throws Problem 10015, 50006, 50027, 50035 */
  followUp({ json, files }: RequestBody): string {
    this.#checkToken();
    const id = this.#messages.add(this.#origin, parseBody(messageBody, json ?? {}), files);
    this.#messageIds.add(id);
    this.journal.push({ kind: "followed-up", message: this.#messages.seen(id) });
    return id;
  }

  /** Deletes an answer. @throws Problem 10008, 10015, 50027 */
  remove(reference: string): void {
    const messageId = this.answerId(reference);
    this.#messages.remove(messageId);
    this.#messageIds.delete(messageId);
    this.journal.push({ kind: "deleted", messageId });
  }

  get #origin() {
    return { channelId: this.#channelId, author: BOT_USER };
  }

  /** Before the acknowledgement there is no webhook; after a quarter of an hour its token is no good. */
  #checkToken(): void {
    if (this.#isExpired()) throw problems.tokenExpired();
    if (this.#originalId === undefined) throw problems.unknownWebhook();
  }
}

/** All interactions. */
export class Interactions {
  readonly #byToken = new Map<string, Interaction>();
  readonly #clock: Clock;
  readonly #nextId: () => string;
  readonly #messages: Messages;

  constructor(clock: Clock, nextId: () => string, messages: Messages) {
    this.#clock = clock;
    this.#nextId = nextId;
    this.#messages = messages;
  }

  /** Begins an interaction; the bot's three seconds run from now. */
  begin(channelId: string): Interaction {
    const interaction = new Interaction(this.#nextId(), channelId, this.#clock, this.#messages);
    this.#byToken.set(interaction.token, interaction);
    return interaction;
  }

  /** For the callback route. @throws Problem 10062 */
  forCallback(id: string, token: string): Interaction {
    const interaction = this.#byToken.get(token);
    if (interaction?.id !== id) throw problems.unknownInteraction();
    return interaction;
  }

  /** For the webhook routes. @throws Problem 10015 */
  forWebhook(token: string): Interaction {
    const interaction = this.#byToken.get(token);
    if (interaction === undefined) throw problems.unknownWebhook();
    return interaction;
  }
}
