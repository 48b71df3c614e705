/** Pressing buttons, choosing in selects and filling in modals, as Discord's own client lets one do it. */

import {
  type APIInteractionDataResolved,
  type APIMessageComponentInteractionData,
  type APIModalSubmission,
  type APIUser,
  ButtonStyle,
  ComponentType,
} from "discord-api-types/v10";
import { type Button, fieldsOf, type Modal, type ModalField, type Row, type Select } from "./components.ts";
import { ALL_PERMISSIONS, CHANNELS, memberPayload, ROLES } from "./payloads.ts";

/** What somebody fills into a modal, by the fields' labels or custom ids. */
export type FieldValues = Readonly<Record<string, string | readonly string[]>>;

/** Finds a user by id, for selects of people. */
export type FindUser = (id: string) => APIUser | undefined;

/**
 * What pressing a button sends.
 * @param name the button's label, emoji or custom id
 * @throws Error when there is no such button, it is disabled, or it only opens a page.
 */
export function pressData(rows: readonly Row[], name: string): APIMessageComponentInteractionData {
  const button = rows
    .flatMap(({ components }) => components)
    .filter((each): each is Button => each.type === ComponentType.Button)
    .find((each) => namesOf(each).includes(name));
  if (button === undefined) throw new Error(`The message has no button ${name}.`);
  if (button.disabled) throw new Error(`The button ${name} is disabled.`);
  if (button.style === ButtonStyle.Link) throw new Error(`The button ${name} opens a page and tells nobody.`);
  return { custom_id: button.custom_id, component_type: ComponentType.Button };
}

/**
 * What choosing in a select sends.
 * @param name the select's placeholder or custom id
 * @param chosen labels or values of options; ids of people, roles or channels
 * @throws Error when there is no such select, or the choice isn't possible in it.
 */
export function chooseData(
  rows: readonly Row[],
  name: string,
  chosen: readonly string[],
  findUser: FindUser,
): APIMessageComponentInteractionData {
  const select = rows
    .flatMap(({ components }) => components)
    .filter((each): each is Select => each.type !== ComponentType.Button)
    .find((each) => each.custom_id === name || each.placeholder === name);
  if (select === undefined) throw new Error(`The message has no select ${name}.`);
  if (select.disabled) throw new Error(`The select ${name} is disabled.`);
  const values = valuesFor(select, chosen);
  const resolved = resolve(select, values, findUser);
  const data = { custom_id: select.custom_id, values };
  switch (select.type) {
    case ComponentType.StringSelect:
      return { ...data, component_type: select.type };
    case ComponentType.UserSelect:
      return { ...data, component_type: select.type, resolved: { users: {}, ...resolved } };
    case ComponentType.RoleSelect:
      return { ...data, component_type: select.type, resolved: { roles: {}, ...resolved } };
    case ComponentType.MentionableSelect:
      return { ...data, component_type: select.type, resolved };
    case ComponentType.ChannelSelect:
      return { ...data, component_type: select.type, resolved: { channels: {}, ...resolved } };
  }
}

/**
 * What sending a filled-in modal sends. A field without a value keeps what stood in it.
 * @throws Error when a value fits no field, or a field doesn't take it.
 */
export function submitData(modal: Modal, values: FieldValues, findUser: FindUser): APIModalSubmission {
  const fields = fieldsOf(modal);
  for (const name of Object.keys(values)) {
    if (!fields.some(({ label, field }) => label === name || field.custom_id === name))
      throw new Error(`The modal has no field ${name}.`);
  }
  const filled = fields.map(({ label, field }) => fill(field, label, values[label] ?? values[field.custom_id]));
  const resolved = filled.map(({ field, values }) => resolve(field, values, findUser));
  return {
    custom_id: modal.custom_id,
    ...(resolved.some((each) => Object.keys(each).length > 0) ? { resolved: Object.assign({}, ...resolved) } : {}),
    components: modal.components.map((container, index) => {
      const { field, values } = filled[index] ?? nothing();
      const { custom_id } = field;
      const text = { type: ComponentType.TextInput, custom_id, value: values[0] ?? "", id: 2 * index + 2 } as const;
      const id = 2 * index + 1;
      if (container.type === ComponentType.ActionRow) return { type: container.type, id, components: [text] };
      const component =
        field.type === ComponentType.TextInput ? text : { type: field.type, custom_id, values, id: 2 * index + 2 };
      return { type: container.type, id, component };
    }),
  };
}

function nothing(): never {
  throw new Error("Every container of a modal has a field.");
}

function fill(field: ModalField, label: string, given: string | readonly string[] | undefined) {
  if (field.type !== ComponentType.TextInput) {
    const values = given === undefined ? defaultsOf(field) : [given].flat();
    if (values.length === 0 && field.required === false) return { field, values: [] };
    return { field, values: valuesFor(field, values) };
  }
  const text = String(given ?? field.value ?? "");
  if (text === "" && field.required) throw new Error(`The field ${label} is required.`);
  if (text !== "" && text.length < (field.min_length ?? 0)) throw new Error(`Too little stands in the field ${label}.`);
  if (text.length > (field.max_length ?? 4000)) throw new Error(`Too much stands in the field ${label}.`);
  return { field, values: [text] };
}

function defaultsOf(select: Select): string[] {
  return select.type === ComponentType.StringSelect
    ? select.options.filter((option) => option.default).map(({ value }) => value)
    : (select.default_values ?? []).map(({ id }) => id);
}

function namesOf(button: Button): (string | undefined)[] {
  return [button.label, button.emoji?.name, "custom_id" in button ? button.custom_id : undefined];
}

function valuesFor(select: Select, chosen: readonly string[]): string[] {
  if (chosen.length < select.min_values || chosen.length > select.max_values)
    throw new Error(`The select takes ${select.min_values} to ${select.max_values} values, not ${chosen.length}.`);
  if (select.type !== ComponentType.StringSelect) return [...chosen];
  return chosen.map((each) => {
    const option = select.options.find(({ label, value }) => value === each || label === each);
    if (option === undefined) throw new Error(`The select has no option ${each}.`);
    return option.value;
  });
}

/** What Discord adds about the people, roles and channels that were chosen. @throws Error for an unknown one. */
function resolve(
  field: ModalField,
  values: readonly string[],
  findUser: FindUser,
): Pick<APIInteractionDataResolved, "users" | "members" | "roles" | "channels"> {
  if (field.type === ComponentType.TextInput || field.type === ComponentType.StringSelect) return {};
  if (field.type === ComponentType.ChannelSelect) {
    const channels = values.map((value) => {
      const channel = CHANNELS.find((each) => each.id === value);
      if (channel === undefined) throw new Error(`There is no channel ${value}.`);
      const { id, name, type } = channel;
      return { id, name, type, permissions: ALL_PERMISSIONS, app_permissions: ALL_PERMISSIONS };
    });
    return { channels: Object.fromEntries(channels.map((channel) => [channel.id, channel])) };
  }
  const people = values.flatMap((id) => findUser(id) ?? []);
  const roles = ROLES.filter(({ id }) => values.includes(id));
  const isFor = (type: ComponentType) => field.type === type || field.type === ComponentType.MentionableSelect;
  const users = isFor(ComponentType.UserSelect) ? people : [];
  const named = isFor(ComponentType.RoleSelect) ? roles : [];
  if (users.length + named.length !== values.length) throw new Error(`Not all of ${values.join(", ")} can be chosen.`);
  return {
    ...(users.length > 0
      ? {
          users: Object.fromEntries(users.map((user) => [user.id, user])),
          members: Object.fromEntries(users.map((user) => [user.id, resolvedMember(user)])),
        }
      : {}),
    ...(named.length > 0 ? { roles: Object.fromEntries(named.map((role) => [role.id, role])) } : {}),
  };
}

function resolvedMember(user: APIUser) {
  const { user: _, deaf: __, mute: ___, ...member } = memberPayload(user);
  return { ...member, permissions: ALL_PERMISSIONS };
}
