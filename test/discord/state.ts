/** What all parts of the local Discord share. */

import type { APIUser } from "discord-api-types/v10";
import { Application } from "./application.ts";
import type { Clock } from "./clock.ts";
import { Commands } from "./commands.ts";
import { Files } from "./files.ts";
import { Interactions } from "./interactions.ts";
import { Journal } from "./journal.ts";
import { Messages, type SeenMessage } from "./messages.ts";
import type { UploadedFile } from "./multipart.ts";
import { BOT_USER, memberPayload, userPayload } from "./payloads.ts";
import { snowflakes } from "./snowflakes.ts";

/** A request that reached the REST interface, and how it was answered. */
export interface RecordedRequest {
  readonly method: string;
  /** Path after `/api/v10`, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The JSON that came along, `undefined` without one. */
  readonly json: unknown;
  /** The files that came along. */
  readonly files: readonly UploadedFile[];
  /** HTTP status of the answer. */
  readonly status: number;
}

/** What Discord says about shards. */
export interface Sharding {
  /** How many it recommends. Default 1. */
  readonly recommended?: number;
  /** How many may log in at once. When left out, it says 1 and doesn't watch. */
  readonly maxConcurrency?: number;
}

/** The bot's reaction to a message. */
export interface Reaction {
  readonly channelId: string;
  readonly messageId: string;
  readonly emoji: string;
}

/** The shared state of one local Discord. */
export class State {
  /** Every request to the REST interface, in the order of the answers. */
  readonly requests = new Journal<RecordedRequest>();
  readonly token: string;
  readonly clock: Clock;
  readonly sharding: Sharding;
  /** A new id; later ones are larger. */
  readonly newId: () => string;
  readonly application: Application;
  readonly files: Files;
  readonly messages: Messages;
  readonly commands: Commands;
  readonly interactions: Interactions;
  /** Messages that the bot sent to channels, outside of interactions. */
  readonly sent = new Journal<SeenMessage>();
  /** Reactions of the bot. */
  readonly reactions = new Journal<Reaction>();
  /** What the bot may not do in the guild's channels, as bits. */
  denied = 0n;
  /** What the bot calls itself in the guild. */
  botNick: string | null = null;
  /** Tells the bot that it is called otherwise. */
  onBotRenamed: () => void = () => {};
  /** Messages of the bot that it edited later, outside of interactions. */
  readonly edits = new Journal<SeenMessage>();
  readonly #users = new Map<string, APIUser>();

  constructor(token: string, clock: Clock, messageContent: boolean, sharding: Sharding) {
    this.token = token;
    this.clock = clock;
    this.sharding = sharding;
    this.newId = snowflakes(clock);
    this.application = new Application(messageContent);
    this.files = new Files(clock, this.newId);
    this.messages = new Messages(clock, this.newId, this.files, (id) => this.userById(id));
    this.commands = new Commands(this.newId);
    this.interactions = new Interactions(clock, this.newId, this.messages);
  }

  /** Whether the bot may read what people write in the guild. */
  get messageContent(): boolean {
    return this.application.messageContent;
  }

  /** Somebody as a member of the guild. Default: the bot. */
  member(user: APIUser = BOT_USER) {
    return { ...memberPayload(user), nick: user.id === BOT_USER.id ? this.botNick : null };
  }

  /** The user of this name, who is made when it is the first time. */
  user(name: string): APIUser {
    const user = this.#users.get(name) ?? userPayload(this.newId(), name);
    this.#users.set(name, user);
    return user;
  }

  /** The user of this id, if there is one. */
  userById(id: string): APIUser | undefined {
    return [...this.#users.values()].find((user) => user.id === id);
  }
}
