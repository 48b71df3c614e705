/** Buttons, selects and modals as bots may send them, with Discord's limits. https://discord.com/developers/docs/components/reference */

import {
  ButtonStyle,
  ChannelType,
  ComponentType,
  SelectMenuDefaultValueType,
  TextInputStyle,
} from "discord-api-types/v10";
import { z } from "zod";

const customId = z.string().min(1).max(100);
/** An emoji of Unicode has a name only, one of a guild an id as well. */
const emoji = z.object({
  id: z.string().exactOptional(),
  name: z.string().exactOptional(),
  animated: z.boolean().exactOptional(),
});
/** A number that the bot may choose; Discord counts where it doesn't. */
const id = z.int().min(0).exactOptional();
const disabled = z.boolean().exactOptional();

const face = { type: z.literal(ComponentType.Button), id, label: z.string().max(80).exactOptional(), disabled };
const button = z
  .discriminatedUnion("style", [
    z.strictObject({
      ...face,
      style: z.literal([ButtonStyle.Primary, ButtonStyle.Secondary, ButtonStyle.Success, ButtonStyle.Danger]),
      emoji: emoji.exactOptional(),
      custom_id: customId,
    }),
    z.strictObject({
      ...face,
      style: z.literal(ButtonStyle.Link),
      emoji: emoji.exactOptional(),
      url: z.url().max(512),
    }),
  ])
  .refine(({ label, emoji }) => label || emoji, "A button must have a label or an emoji");

const choosing = {
  id,
  custom_id: customId,
  placeholder: z.string().max(150).exactOptional(),
  min_values: z.int().min(0).max(25).default(1),
  max_values: z.int().min(1).max(25).default(1),
  disabled,
  /** In modals only. */
  required: z.boolean().exactOptional(),
};
const defaults = <const Type extends SelectMenuDefaultValueType>(...types: readonly Type[]) =>
  z.array(z.object({ id: z.string(), type: z.literal(types) })).exactOptional();
const { User, Role, Channel } = SelectMenuDefaultValueType;
const selectOption = z.strictObject({
  label: z.string().min(1).max(100),
  value: z.string().min(1).max(100),
  description: z.string().max(100).exactOptional(),
  emoji: emoji.exactOptional(),
  default: z.boolean().exactOptional(),
});
const select = z
  .discriminatedUnion("type", [
    z.strictObject({
      ...choosing,
      type: z.literal(ComponentType.StringSelect),
      options: z.array(selectOption).min(1).max(25),
    }),
    z.strictObject({ ...choosing, type: z.literal(ComponentType.UserSelect), default_values: defaults(User) }),
    z.strictObject({ ...choosing, type: z.literal(ComponentType.RoleSelect), default_values: defaults(Role) }),
    z.strictObject({
      ...choosing,
      type: z.literal(ComponentType.MentionableSelect),
      default_values: defaults(User, Role),
    }),
    z.strictObject({
      ...choosing,
      type: z.literal(ComponentType.ChannelSelect),
      default_values: defaults(Channel),
      channel_types: z.array(z.enum(ChannelType)).exactOptional(),
    }),
  ])
  .refine((each) => each.min_values <= each.max_values, "Minimum values must not be more than maximum values")
  .refine(
    (each) => each.type !== ComponentType.StringSelect || each.max_values <= each.options.length,
    "More values than options",
  )
  .refine(
    (each) =>
      each.type !== ComponentType.StringSelect ||
      new Set(each.options.map(({ value }) => value)).size === each.options.length,
    "The specified option value is already used",
  );

const row = z
  .strictObject({
    type: z.literal(ComponentType.ActionRow),
    id,
    components: z
      .array(z.union([button, select]))
      .min(1)
      .max(5),
  })
  .refine(
    ({ components }) => components.length === 1 || components.every(({ type }) => type === ComponentType.Button),
    "A select fills a row alone",
  );

/** The rows of a message's components. */
export const messageComponents = z.array(row).max(5).refine(hasUniqueIds, "Component custom id cannot be duplicated");

const textInput = z
  .strictObject({
    type: z.literal(ComponentType.TextInput),
    id,
    custom_id: customId,
    style: z.enum(TextInputStyle),
    label: z.string().max(45).exactOptional(),
    min_length: z.int().min(0).max(4000).exactOptional(),
    max_length: z.int().min(1).max(4000).exactOptional(),
    required: z.boolean().default(true),
    value: z.string().max(4000).exactOptional(),
    placeholder: z.string().max(100).exactOptional(),
  })
  .refine(({ min_length = 0, max_length = 4000 }) => min_length <= max_length, "Minimum is more than maximum");

/** A modal: labels with a field each, or rows with a text field each, as it used to be. */
export const modalBody = z.strictObject({
  custom_id: customId,
  title: z.string().min(1).max(45),
  components: z
    .array(
      z.discriminatedUnion("type", [
        z.strictObject({
          type: z.literal(ComponentType.ActionRow),
          id,
          components: z.tuple([textInput.refine(({ label }) => label, "A text field in a row must have a label")]),
        }),
        z.strictObject({
          type: z.literal(ComponentType.Label),
          id,
          label: z.string().min(1).max(45),
          description: z.string().max(100).exactOptional(),
          component: z.union([textInput, select]),
        }),
      ]),
    )
    .min(1)
    .max(5),
});

/** A row of a message. */
export type Row = z.infer<typeof row>;
/** Something in a message that can be pressed. */
export type Button = z.infer<typeof button>;
/** Something in which one chooses. */
export type Select = z.infer<typeof select>;
/** A window with fields to fill in. */
export type Modal = z.infer<typeof modalBody>;
/** A field of a modal. */
export type ModalField = z.infer<typeof textInput> | Select;

/** The fields of a modal, each with what stands above it. */
export function fieldsOf({ components }: Modal): readonly { readonly label: string; readonly field: ModalField }[] {
  return components.map((each) => {
    if (each.type === ComponentType.Label) return { label: each.label, field: each.component };
    const [field] = each.components;
    return { label: field.label ?? "", field };
  });
}

/** Numbers the components of a message that have no number yet, as Discord does. */
export function numbered(rows: readonly Row[]): Row[] {
  let count = 0;
  const next = () => {
    count += 1;
    return count;
  };
  return rows.map((each) => ({
    ...each,
    id: each.id ?? next(),
    components: each.components.map((component) => ({ ...component, id: component.id ?? next() })),
  }));
}

function hasUniqueIds(rows: readonly Row[]): boolean {
  const ids = rows.flatMap(({ components }) =>
    components.flatMap((each) => ("custom_id" in each ? [each.custom_id] : [])),
  );
  return new Set(ids).size === ids.length;
}
