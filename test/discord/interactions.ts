/** Interactions: what becomes of a person's command, press or choice, from the bot's acknowledgement to its last edit. */

import { InteractionResponseType, InteractionType, MessageFlags } from "discord-api-types/v10";
import { z } from "zod";
import type { Clock } from "./clock.ts";
import { type Modal, modalBody } from "./components.ts";
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
  z.object({ type: z.literal(InteractionResponseType.DeferredMessageUpdate) }),
  z.object({ type: z.literal(InteractionResponseType.UpdateMessage), data: messageBody }),
  z.object({ type: z.literal(InteractionResponseType.Modal), data: modalBody }),
]);

const TYPES = {
  command: InteractionType.ApplicationCommand,
  component: InteractionType.MessageComponent,
  modal: InteractionType.ModalSubmit,
} as const;

/** Kinds of answers that change the message of the button instead of adding one. */
const UPDATES: readonly InteractionResponseType[] = [
  InteractionResponseType.DeferredMessageUpdate,
  InteractionResponseType.UpdateMessage,
];

/** What a person did, as far as the answer depends on it. */
export interface Occasion {
  readonly kind: "command" | "component" | "modal";
  readonly channelId: string;
  readonly userId: string;
  /** The message whose button was pressed, or from whose button the modal was opened. */
  readonly sourceId?: string | undefined;
  /** Whether the app came along with the person only: then it may add five messages. */
  readonly isGuest: boolean;
}

/** Further messages where the app came along with a person only. */
const GUEST_FOLLOW_UPS = 5;

/** The bot's acknowledgement: an answer at once, or "is thinking…". */
export interface Acknowledgement {
  readonly kind: "acknowledged";
  readonly deferred: boolean;
  /** Whether the answer is a change of the message whose button was pressed. */
  readonly updates: boolean;
  readonly message: SeenMessage;
}

/** A modal that the bot opens for the person. */
export interface OpenedModal {
  readonly kind: "modal";
  readonly modal: Modal;
  readonly occasion: Occasion;
}

/** Something that became of an interaction, in the person's eyes. */
export type InteractionEvent =
  | Acknowledgement
  | OpenedModal
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
  readonly #occasion: Occasion;
  readonly #messages: Messages;
  readonly #messageIds = new Set<string>();
  readonly #stopAlarm: () => void;
  readonly #isExpired: () => boolean;
  #originalId: string | undefined;
  #responseType: InteractionResponseType | undefined;
  #hasFailed = false;

  constructor(id: string, occasion: Occasion, clock: Clock, messages: Messages) {
    this.id = id;
    this.token = `interaction-${id}-token`;
    this.#occasion = occasion;
    this.#messages = messages;
    this.#stopAlarm = clock.after(ACKNOWLEDGE_WITHIN_MS, () => this.fail());
    const endMs = clock.now() + TOKEN_LIFETIME_MS;
    this.#isExpired = () => clock.now() >= endMs;
  }

  /** Discord's number for what the person did. */
  get type(): InteractionType {
    return TYPES[this.#occasion.kind];
  }

  /** How the bot acknowledged it. */
  get responseType(): InteractionResponseType | undefined {
    return this.#responseType;
  }

  /** Gives up on the bot. */
  fail(): void {
    this.#stopAlarm();
    this.#hasFailed = true;
    this.journal.push({ kind: "failed" });
  }

  /** The bot's callback; gives the id of the answer, or nothing for a modal. @throws Problem 10062, 40060, 50035, 50006 */
  acknowledge({ json, files }: RequestBody): string | undefined {
    if (this.#hasFailed) throw problems.unknownInteraction();
    if (this.#responseType !== undefined) throw problems.alreadyAcknowledged();
    const response = parseBody(callback, json);
    if (response.type === InteractionResponseType.Modal) {
      if (this.#occasion.kind === "modal") throw problems.wrongResponse(response.type);
      this.#note(response.type, undefined, { kind: "modal", modal: response.data, occasion: this.#occasion });
      return undefined;
    }
    const id = this.#respond(response, files);
    const deferred =
      response.type === InteractionResponseType.DeferredChannelMessageWithSource ||
      response.type === InteractionResponseType.DeferredMessageUpdate;
    const updates = UPDATES.includes(response.type);
    this.#note(response.type, id, { kind: "acknowledged", deferred, updates, message: this.#messages.seen(id) });
    return id;
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

  /** Adds another answer and gives its id. @throws Problem 10015, 40094, 50006, 50027, 50035 */
  followUp({ json, files }: RequestBody): string {
    this.#checkToken();
    const followUps = this.journal.entries.filter(({ kind }) => kind === "followed-up").length;
    if (this.#occasion.isGuest && followUps >= GUEST_FOLLOW_UPS) throw problems.tooManyFollowUps();
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
    return { channelId: this.#occasion.channelId, author: BOT_USER, askerId: this.#occasion.userId };
  }

  #respond(response: MessageResponse, files: RequestBody["files"]): string {
    switch (response.type) {
      case InteractionResponseType.ChannelMessageWithSource:
        return this.#messages.add(this.#origin, response.data, files);
      case InteractionResponseType.DeferredChannelMessageWithSource:
        return this.#messages.addLoading(this.#origin, ((response.data?.flags ?? 0) & MessageFlags.Ephemeral) !== 0);
      default: {
        const { sourceId } = this.#occasion;
        if (sourceId === undefined) throw problems.wrongResponse(response.type);
        if (response.type === InteractionResponseType.UpdateMessage)
          this.#messages.edit(sourceId, response.data, files);
        return sourceId;
      }
    }
  }

  /** Notes the acknowledgement; only now the clock of the three seconds stops. */
  #note(type: InteractionResponseType, originalId: string | undefined, event: InteractionEvent): void {
    this.#stopAlarm();
    this.#responseType = type;
    this.#originalId = originalId;
    if (originalId !== undefined) this.#messageIds.add(originalId);
    this.journal.push(event);
  }

  /** Before the acknowledgement there is no webhook; after a quarter of an hour its token is no good. */
  #checkToken(): void {
    if (this.#isExpired()) throw problems.tokenExpired();
    if (this.#responseType === undefined) throw problems.unknownWebhook();
  }
}

type MessageResponse = Exclude<z.infer<typeof callback>, { type: InteractionResponseType.Modal }>;

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
  begin(occasion: Occasion): Interaction {
    const interaction = new Interaction(this.#nextId(), occasion, this.#clock, this.#messages);
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
