/** Tells Discord which commands there are; writes only what differs from what it already knows. */

import { isDeepStrictEqual } from "node:util";
import { ApplicationCommandType, type REST, Routes } from "discord.js";
import { z } from "zod";
import type { CommandDefinition } from "./commands/command.ts";

/** What Discord assumes about a command that doesn't say otherwise. A PATCH names them, to undo what was set before. */
const DEFAULTS = {
  name_localizations: null,
  default_member_permissions: null,
  nsfw: false,
  integration_types: [0],
  contexts: null,
} as const;
/** The same for what only slash commands have. */
const SLASH_DEFAULTS = { description_localizations: null, options: [] } as const;

const registeredCommands = z.array(
  z.looseObject({ id: z.string(), type: z.number().default(ApplicationCommandType.ChatInput), name: z.string() }),
);

/** What was written, or would have to be, by command name. */
export interface Registration {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Makes the application's global commands exactly `definitions`.
 * @throws DiscordAPIError and the like when Discord refuses or can't be reached.
 */
export async function registerCommands(
  rest: REST,
  applicationId: string,
  definitions: readonly CommandDefinition[],
): Promise<Registration> {
  const all = Routes.applicationCommands(applicationId);
  const one = (id: string) => Routes.applicationCommand(applicationId, id);
  const { added, changed, removed } = await difference(rest, applicationId, definitions);
  for (const { id } of removed) await rest.delete(one(id));
  for (const definition of added) await rest.post(all, { body: definition });
  for (const { id, definition } of changed) await rest.patch(one(id), { body: withDefaults(definition) });
  return named({ added, changed, removed });
}

/**
 * What `registerCommands` would write; nothing is written.
 * @throws DiscordAPIError and the like when Discord refuses or can't be reached.
 */
export async function compareCommands(
  rest: REST,
  applicationId: string,
  definitions: readonly CommandDefinition[],
): Promise<Registration> {
  return named(await difference(rest, applicationId, definitions));
}

async function difference(rest: REST, applicationId: string, definitions: readonly CommandDefinition[]) {
  const query = new URLSearchParams("with_localizations=true");
  const known = registeredCommands.parse(await rest.get(Routes.applicationCommands(applicationId), { query }));
  const namesake = (definition: CommandDefinition) => known.find((command) => isSame(definition, command));
  return {
    removed: known.filter((command) => !definitions.some((definition) => isSame(definition, command))),
    added: definitions.filter((definition) => !namesake(definition)),
    changed: definitions.flatMap((definition) => {
      const before = namesake(definition);
      const isChanged = before && !isDeepStrictEqual(comparable(before), comparable(definition));
      return isChanged ? [{ id: before.id, definition }] : [];
    }),
  };
}

function named({ added, changed, removed }: Awaited<ReturnType<typeof difference>>): Registration {
  return {
    added: added.map(({ name }) => name),
    changed: changed.map(({ definition }) => definition.name),
    removed: removed.map(({ name }) => name),
  };
}

function kindOf({ type = ApplicationCommandType.ChatInput }: CommandDefinition): ApplicationCommandType {
  return type;
}

function withDefaults(definition: CommandDefinition): object {
  const isSlash = kindOf(definition) === ApplicationCommandType.ChatInput;
  return { ...DEFAULTS, ...(isSlash ? SLASH_DEFAULTS : {}), ...definition };
}

/** Discord tells commands apart by kind and name. */
function isSame(definition: CommandDefinition, command: { readonly type: number; readonly name: string }): boolean {
  return definition.name === command.name && kindOf(definition) === command.type;
}

/** The fields that we decide about, with what is assumed filled in and what means nothing left out. */
function comparable(command: object): unknown {
  const defaults = { ...DEFAULTS, ...SLASH_DEFAULTS };
  const fields = new Set(["name", "description", ...Object.keys(defaults)]);
  const given = Object.entries(withoutEmpty(command) ?? {}).filter(([key]) => fields.has(key));
  return withoutEmpty({ ...defaults, ...Object.fromEntries(given) });
}

/**
 * Discord writes "nothing" as null, false, an empty text (a menu command's description), an empty object or list,
 * or not at all; and numbers in any order.
 */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(withoutEmpty);
    return items.every((item) => typeof item === "number") ? items.toSorted((a, b) => a - b) : items;
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, withoutEmpty(item)]);
  return Object.fromEntries(entries.filter(([, item]) => !isNothing(item)));
}

function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}
