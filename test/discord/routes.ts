/** What each REST route does. https://discord.com/developers/docs/reference */

import { type APIMessage, InteractionResponseType, MessageFlags, PermissionFlagsBits } from "discord-api-types/v10";
import { z } from "zod";
import { commandToApi, type StoredCommand } from "./commands.ts";
import { messageBody } from "./message-body.ts";
import type { RequestBody } from "./multipart.ts";
import { APPLICATION_ID, BOT_USER, DM_CHANNEL_ID, GUILD_ID } from "./payloads.ts";
import { requirePermission, shownToBot } from "./places.ts";
import { parseBody, problems } from "./problems.ts";
import type { State } from "./state.ts";

/** A request to one route. */
interface Call {
  readonly state: State;
  readonly query: URLSearchParams;
  readonly body: RequestBody;
  /** Where the gateway is. */
  readonly gatewayUrl: string;
  /** The path's variable parts, decoded. */
  readonly parts: readonly string[];
}

/** What a route answers; 204 without `json`. */
export interface Answer {
  readonly status?: number;
  readonly json?: unknown;
}

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  /** Whether the bot's token is asked for; interaction tokens in the path stand for it elsewhere. */
  readonly isOpen: boolean;
  readonly answer: (call: Call) => Answer;
}

/** A route; each `*` in the path is one variable part. */
function route(method: string, path: string, answer: Route["answer"], isOpen = false): Route {
  return { method, pattern: new RegExp(`^${path.replaceAll("*", "([^/]+)")}$`), isOpen, answer };
}

const open = true;
const COMMANDS = `/applications/${APPLICATION_ID}/commands`;
const WEBHOOK = `/webhooks/${APPLICATION_ID}/*`;

const ROUTES: readonly Route[] = [
  route("GET", "/gateway/bot", ({ state: { sharding }, gatewayUrl }) => ({
    json: {
      url: gatewayUrl,
      shards: sharding.recommended ?? 1,
      session_start_limit: {
        total: 1000,
        remaining: 1000,
        reset_after: 0,
        max_concurrency: sharding.maxConcurrency ?? 1,
      },
    },
  })),
  route("GET", "/users/@me", () => ({ json: BOT_USER })),
  route("GET", "/applications/@me", ({ state }) => ({ json: state.application.toApi() })),
  route("GET", "/oauth2/applications/@me", ({ state }) => ({ json: state.application.toApi() })),
  route("PATCH", "/applications/@me", ({ state, body }) => {
    state.application.change(body.json);
    return { json: state.application.toApi() };
  }),

  route("GET", COMMANDS, ({ state, query }) => {
    const withLocalizations = query.get("with_localizations") === "true";
    return { json: state.commands.all().map((each) => commandToApi(each, APPLICATION_ID, withLocalizations)) };
  }),
  route("PUT", COMMANDS, ({ state, body }) => ({ json: state.commands.replaceAll(body.json).map(completely) })),
  route("POST", COMMANDS, ({ state, body }) => {
    const { command, isNew } = state.commands.put(body.json);
    return { status: isNew ? 201 : 200, json: completely(command) };
  }),
  route("GET", `${COMMANDS}/*`, ({ state, parts: [id = ""] }) => ({ json: completely(state.commands.get(id)) })),
  route("PATCH", `${COMMANDS}/*`, ({ state, body, parts: [id = ""] }) => ({
    json: completely(state.commands.patch(id, body.json)),
  })),
  route("DELETE", `${COMMANDS}/*`, ({ state, parts: [id = ""] }) => {
    state.commands.remove(id);
    return {};
  }),

  route("POST", "/interactions/*/*/callback", acknowledge, open),
  route(
    "POST",
    WEBHOOK,
    ({ state, body, parts: [token = ""] }) => message(state, state.interactions.forWebhook(token).followUp(body)),
    open,
  ),
  route(
    "GET",
    `${WEBHOOK}/messages/*`,
    ({ state, parts: [token = "", id = ""] }) => message(state, state.interactions.forWebhook(token).answerId(id)),
    open,
  ),
  route(
    "PATCH",
    `${WEBHOOK}/messages/*`,
    ({ state, body, parts: [token = "", id = ""] }) =>
      message(state, state.interactions.forWebhook(token).edit(id, body)),
    open,
  ),
  route(
    "DELETE",
    `${WEBHOOK}/messages/*`,
    ({ state, parts: [token = "", id = ""] }) => {
      state.interactions.forWebhook(token).remove(id);
      return {};
    },
    open,
  ),

  route("GET", "/channels/*/messages", history),
  route("POST", "/channels/*/messages", ({ state, body, parts: [channelId = ""] }) => {
    requirePermission(state, channelId, PermissionFlagsBits.SendMessages);
    const content = parseBody(messageBody, body.json ?? {});
    const id = state.messages.add({ channelId, author: BOT_USER }, content, body.files);
    state.sent.push(state.messages.seen(id));
    return message(state, id);
  }),
  route("GET", "/channels/*/messages/*", ({ state, parts: [channelId = "", id = ""] }) => {
    requirePermission(state, channelId, PermissionFlagsBits.ReadMessageHistory);
    return { json: shownToBot(messageIn(state, channelId, id), state.messageContent) };
  }),
  route("PATCH", "/channels/*/messages/*", ({ state, body, parts: [channelId = "", id = ""] }) => {
    requirePermission(state, channelId);
    if (messageIn(state, channelId, id).author.id !== BOT_USER.id) throw problems.notYours();
    state.messages.edit(id, parseBody(messageBody, body.json ?? {}), body.files);
    state.edits.push(state.messages.seen(id));
    return message(state, id);
  }),
  route("PATCH", `/guilds/${GUILD_ID}/members/*`, ({ state, body, parts: [who] }) => {
    if (who !== "@me") throw problems.missingPermissions();
    if ((state.denied & PermissionFlagsBits.ChangeNickname) !== 0n) throw problems.missingPermissions();
    state.botNick = parseBody(ownMember, body.json ?? {}).nick || null;
    state.onBotRenamed();
    return { json: state.member() };
  }),
  route(
    "PUT",
    "/channels/*/messages/*/reactions/*/@me",
    ({ state, parts: [channelId = "", messageId = "", emoji = ""] }) => {
      requirePermission(state, channelId, PermissionFlagsBits.AddReactions, PermissionFlagsBits.ReadMessageHistory);
      messageIn(state, channelId, messageId);
      state.reactions.push({ channelId, messageId, emoji });
      return {};
    },
  ),
];

/**
 * The route for a request, and its path's variable parts.
 * @throws Problem 404 when Discord has no such address.
 */
export function findRoute(method: string, path: string): { readonly route: Route; readonly parts: readonly string[] } {
  for (const each of ROUTES) {
    const match = each.method === method ? each.pattern.exec(path) : null;
    if (match) return { route: each, parts: match.slice(1).map(decodeURIComponent) };
  }
  throw problems.noRoute();
}

function acknowledge({ state, query, body, parts: [id = "", token = ""] }: Call): Answer {
  const interaction = state.interactions.forCallback(id, token);
  const messageId = interaction.acknowledge(body);
  if (query.get("with_response") !== "true") return {};
  const common = { id, type: interaction.type };
  if (messageId === undefined)
    return { status: 200, json: { interaction: common, resource: { type: InteractionResponseType.Modal } } };
  const answer = state.messages.toApi(messageId);
  const flags = answer.flags ?? 0;
  return {
    status: 200,
    json: {
      interaction: {
        ...common,
        response_message_id: messageId,
        response_message_loading: state.messages.isLoading(messageId),
        response_message_ephemeral: (flags & MessageFlags.Ephemeral) !== 0,
      },
      resource: { type: interaction.responseType, message: answer },
    },
  };
}

/** What a bot may change of itself in a guild. */
const ownMember = z.object({ nick: z.string().max(32).nullable() });

/** How many messages a bot gets unless it asks for more or fewer. */
const HISTORY_LIMIT = 50;
const historyQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(HISTORY_LIMIT),
  before: z.string().regex(/^\d+$/).optional(),
});

function history({ state, query, parts: [channelId = ""] }: Call): Answer {
  requirePermission(state, channelId);
  const { limit, before } = parseBody(historyQuery, Object.fromEntries(query));
  const messages = state.messages.latest(channelId, limit, before).map((id) => state.messages.toApi(id));
  // Discord shows an empty list to a bot that may see a channel, but not what was said before.
  const isAllowed = channelId === DM_CHANNEL_ID || (state.denied & PermissionFlagsBits.ReadMessageHistory) === 0n;
  return { json: isAllowed ? messages.map((each) => shownToBot(each, state.messageContent)) : [] };
}

/** A message of a channel. @throws Problem 10008 when it isn't there. */
function messageIn(state: State, channelId: string, id: string): APIMessage {
  const found = state.messages.toApi(id);
  if (found.channel_id !== channelId) throw problems.unknownMessage();
  return found;
}

function completely(command: StoredCommand): object {
  return commandToApi(command, APPLICATION_ID, true);
}

function message(state: State, id: string): Answer {
  return { json: state.messages.toApi(id) };
}
