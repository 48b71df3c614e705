/** Filling in a slash command's options, as Discord's own client lets one do it. */

import {
  type APIApplicationCommandInteractionDataBasicOption,
  type APIApplicationCommandInteractionDataOption,
  type APIAttachment,
  type APIInteractionDataResolved,
  ApplicationCommandOptionType,
} from "discord-api-types/v10";
import type { CommandOption } from "./commands.ts";
import { ALL_PERMISSIONS, CHANNELS, ROLES } from "./payloads.ts";

/** A file to attach. */
export interface AttachedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Found by the name's ending when left out. */
  readonly contentType?: string;
}

/** What somebody fills into one option; a channel or a role by its id. */
export type OptionValue = string | number | boolean | AttachedFile;
/** What somebody fills into a command's options, by their names. */
export type OptionValues = Readonly<Record<string, OptionValue>>;

/** Puts a file on the CDN. */
export type Upload = (file: AttachedFile) => APIAttachment;

/** Options as an interaction tells of them. */
export interface FilledOptions {
  readonly options: APIApplicationCommandInteractionDataOption[];
  readonly resolved: APIInteractionDataResolved;
  readonly attachments: readonly APIAttachment[];
}

/**
 * Fills in the options of a command, or of the subcommand that `path` leads to.
 * @throws Error when there is no such subcommand, an option is missing, or a value doesn't fit it.
 */
export function fillOptions(
  options: readonly CommandOption[],
  path: readonly string[],
  values: OptionValues,
  upload: Upload,
): FilledOptions {
  const [name, ...rest] = path;
  if (name === undefined) return fillBasic(options, values, upload);
  const branch = options.find((option) => option.name === name && isBranch(option));
  if (branch === undefined) throw new Error(`There is no subcommand ${name}.`);
  const inside = fillOptions(branch.options ?? [], rest, values, upload);
  return { ...inside, options: [branchOption(branch, inside.options)] };
}

function isBranch({ type }: CommandOption): boolean {
  return type === ApplicationCommandOptionType.Subcommand || type === ApplicationCommandOptionType.SubcommandGroup;
}

function branchOption(
  { name, type }: CommandOption,
  options: APIApplicationCommandInteractionDataOption[],
): APIApplicationCommandInteractionDataOption {
  // What a subcommand holds can't be another one: a group's options are all subcommands, a subcommand's are none.
  const subcommands = options.filter((each) => each.type === ApplicationCommandOptionType.Subcommand);
  if (type === ApplicationCommandOptionType.SubcommandGroup) return { name, type, options: subcommands };
  const basic = options.filter(
    (each) =>
      each.type !== ApplicationCommandOptionType.Subcommand &&
      each.type !== ApplicationCommandOptionType.SubcommandGroup,
  );
  return { name, type: ApplicationCommandOptionType.Subcommand, options: basic };
}

function fillBasic(options: readonly CommandOption[], values: OptionValues, upload: Upload): FilledOptions {
  if (options.some(isBranch)) throw new Error("The command is used by its subcommands only.");
  for (const name of Object.keys(values)) {
    if (!options.some((option) => option.name === name)) throw new Error(`The command has no option ${name}.`);
  }
  const filled = options.flatMap((option) => {
    const value = values[option.name];
    if (value === undefined && option.required) throw new Error(`The option ${option.name} is required.`);
    return value === undefined ? [] : [fillOne(option, value, upload)];
  });
  const resolved = (kind: "attachments" | "channels" | "roles") =>
    Object.assign({}, ...filled.map((each) => each.resolved[kind] ?? {}));
  return {
    options: filled.map(({ option }) => option),
    resolved: { attachments: resolved("attachments"), channels: resolved("channels"), roles: resolved("roles") },
    attachments: filled.flatMap((each) => Object.values(each.resolved.attachments ?? {})),
  };
}

interface FilledOption {
  readonly option: APIApplicationCommandInteractionDataBasicOption;
  readonly resolved: APIInteractionDataResolved;
}

function fillOne(option: CommandOption, value: OptionValue, upload: Upload): FilledOption {
  const { name, type } = option;
  const unfit = () => new Error(`The option ${name} (type ${type}) doesn't take ${JSON.stringify(value)}.`);
  if (option.choices && !option.choices.some((choice) => choice.value === value)) throw unfit();
  switch (type) {
    case ApplicationCommandOptionType.String:
      if (typeof value !== "string") throw unfit();
      return { option: { name, type, value }, resolved: {} };
    case ApplicationCommandOptionType.Boolean:
      if (typeof value !== "boolean") throw unfit();
      return { option: { name, type, value }, resolved: {} };
    case ApplicationCommandOptionType.Integer:
    case ApplicationCommandOptionType.Number: {
      const isWhole = type === ApplicationCommandOptionType.Number || Number.isInteger(value);
      if (typeof value !== "number" || !isWhole) throw unfit();
      const { min_value = Number.NEGATIVE_INFINITY, max_value = Number.POSITIVE_INFINITY } = option;
      if (value < min_value || value > max_value) throw unfit();
      return { option: { name, type, value }, resolved: {} };
    }
    case ApplicationCommandOptionType.Channel: {
      const channel = CHANNELS.find(({ id }) => id === value);
      if (!channel || (option.channel_types && !option.channel_types.includes(channel.type))) throw unfit();
      const { id, name: channelName, type: channelType } = channel;
      const permissions = { permissions: ALL_PERMISSIONS, app_permissions: ALL_PERMISSIONS };
      const described = { id, name: channelName, type: channelType, ...permissions };
      return { option: { name, type, value: id }, resolved: { channels: { [id]: described } } };
    }
    case ApplicationCommandOptionType.Role: {
      const role = ROLES.find(({ id }) => id === value);
      if (!role) throw unfit();
      return { option: { name, type, value: role.id }, resolved: { roles: { [role.id]: role } } };
    }
    case ApplicationCommandOptionType.Attachment: {
      if (typeof value !== "object") throw unfit();
      const attachment = upload(value);
      const { id } = attachment;
      return { option: { name, type, value: id }, resolved: { attachments: { [id]: attachment } } };
    }
    default:
      throw new Error(`The local Discord can't fill in options of type ${type} yet.`);
  }
}
