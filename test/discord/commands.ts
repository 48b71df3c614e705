/** The application's global commands, kept and checked as Discord does. */

import { ApplicationCommandOptionType, ApplicationCommandType, Locale } from "discord-api-types/v10";
import { z } from "zod";
import { parseBody, problems } from "./problems.ts";

/** What Discord lets a slash command or an option be called. */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Devanagari}\p{sc=Thai}]{1,32}$/u;
const lowerCase = (name: string) => name === name.toLowerCase();

const optionName = z.string().regex(NAME).refine(lowerCase, "Must be lower case");
const description = z.string().min(1).max(100);
const localized = <Text extends z.ZodType<string>>(text: Text) =>
  z.partialRecord(z.enum(Locale), text).nullable().default(null);

const choice = z.object({
  name: z.string().min(1).max(100),
  name_localizations: localized(z.string().min(1).max(100)),
  value: z.union([z.string().max(100), z.number()]),
});

const option = z.object({
  type: z.enum(ApplicationCommandOptionType),
  name: optionName,
  name_localizations: localized(optionName),
  description,
  description_localizations: localized(description),
  required: z.boolean().exactOptional(),
  choices: z.array(choice).max(25).exactOptional(),
  channel_types: z.array(z.int()).exactOptional(),
  min_value: z.number().exactOptional(),
  max_value: z.number().exactOptional(),
  min_length: z.int().exactOptional(),
  max_length: z.int().exactOptional(),
  autocomplete: z.boolean().exactOptional(),
  get options() {
    return z.array(option).max(25).exactOptional();
  },
});

const shared = {
  contexts: z.array(z.int().min(0).max(2)).nullable().default(null),
  integration_types: z.array(z.int().min(0).max(1)).default([0]),
  default_member_permissions: z.string().nullable().default(null),
  nsfw: z.boolean().default(false),
};

const slashCommand = z.object({
  ...shared,
  type: z.literal(ApplicationCommandType.ChatInput),
  name: optionName,
  name_localizations: localized(optionName),
  description,
  description_localizations: localized(description),
  options: z.array(option).max(25).exactOptional(),
});

/** Menu commands have no description and no options; their names may have spaces and capitals. */
const menuCommand = z.object({
  ...shared,
  type: z.literal([ApplicationCommandType.User, ApplicationCommandType.Message]),
  name: z.string().min(1).max(32),
  name_localizations: localized(z.string().min(1).max(32)),
  description: z.literal("").default(""),
  description_localizations: z.null().default(null),
  options: z.undefined().exactOptional(),
});

const definition = z.preprocess(
  (body) => (typeof body === "object" && body !== null && !("type" in body) ? { ...body, type: 1 } : body),
  z.discriminatedUnion("type", [slashCommand, menuCommand]),
);
const definitions = z.array(definition);

type Definition = z.infer<typeof definition>;
/** An option of a slash command. */
export type CommandOption = z.infer<typeof option>;
/** A command as it is kept. */
export type StoredCommand = Definition & { readonly id: string; readonly version: string };
type CommandOfKind<Kind extends StoredCommand["type"]> = StoredCommand & { readonly type: Kind };

/** The registered commands. */
export class Commands {
  readonly #nextId: () => string;
  readonly #commands = new Map<string, StoredCommand>();

  constructor(nextId: () => string) {
    this.#nextId = nextId;
  }

  /** Every command. */
  all(): readonly StoredCommand[] {
    return [...this.#commands.values()];
  }

  /** The command of that kind and name. */
  find<Kind extends StoredCommand["type"]>(kind: Kind, name: string): CommandOfKind<Kind> | undefined {
    const isWanted = (command: StoredCommand): command is CommandOfKind<Kind> =>
      command.name === name && command.type === kind;
    return this.all().find(isWanted);
  }

  /** One command. @throws Problem 10063 when there is none. */
  get(id: string): StoredCommand {
    const command = this.#commands.get(id);
    if (!command) throw problems.unknownCommand();
    return command;
  }

  /** Adds a command, or replaces its namesake. @throws Problem 50035 for a wrong body. */
  put(body: unknown): { readonly command: StoredCommand; readonly isNew: boolean } {
    return this.#keep(parseBody(definition, body));
  }

  /** Changes the given fields of a command. @throws Problem 10063 or 50035. */
  patch(id: string, body: unknown): StoredCommand {
    const before = this.get(id);
    const changes = parseBody(z.record(z.string(), z.unknown()), body);
    return this.#store(parseBody(definition, { ...before, ...changes, type: before.type }), id);
  }

  /** Makes the given commands the only ones. @throws Problem 50035 for a wrong body. */
  replaceAll(body: unknown): readonly StoredCommand[] {
    const wanted = parseBody(definitions, body).map((each) => this.#keep(each).command);
    for (const command of this.all()) if (!wanted.includes(command)) this.#commands.delete(command.id);
    return wanted;
  }

  /** Deletes a command. @throws Problem 10063 when there is none. */
  remove(id: string): void {
    this.#commands.delete(this.get(id).id);
  }

  #keep(wanted: Definition) {
    const namesake = this.all().find(({ name, type }) => name === wanted.name && type === wanted.type);
    return { command: this.#store(wanted, namesake?.id ?? this.#nextId()), isNew: !namesake };
  }

  #store(definition: Definition, id: string): StoredCommand {
    const command = { ...definition, id, version: this.#nextId() };
    this.#commands.set(id, command);
    return command;
  }
}

/**
 * A command as REST answers it: what is false by default is left out, and so are
 * the translations unless they were asked for.
 */
export function commandToApi(command: StoredCommand, applicationId: string, withLocalizations: boolean): object {
  return {
    ...plain(command, withLocalizations),
    application_id: applicationId,
    dm_permission: command.contexts === null || command.contexts.includes(1),
    ...("options" in command && command.options
      ? { options: command.options.map((each) => optionToApi(each, withLocalizations)) }
      : {}),
  };
}

function optionToApi(given: CommandOption, withLocalizations: boolean): object {
  const { required, autocomplete, options, choices, ...rest } = given;
  return {
    ...plain(rest, withLocalizations),
    ...(required ? { required } : {}),
    ...(autocomplete ? { autocomplete } : {}),
    ...(choices ? { choices: choices.map((each) => plain(each, withLocalizations)) } : {}),
    ...(options ? { options: options.map((each) => optionToApi(each, withLocalizations)) } : {}),
  };
}

function plain(thing: object, withLocalizations: boolean): object {
  if (withLocalizations) return thing;
  return Object.fromEntries(Object.entries(thing).filter(([key]) => !key.endsWith("_localizations")));
}
