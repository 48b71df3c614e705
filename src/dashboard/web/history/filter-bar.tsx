/** Range, channel and source. */

import { useId } from "preact/hooks";
import type { GuildResource } from "../../api/guilds.ts";
import { useVoice } from "../language.ts";
import { Select } from "../parts/select.tsx";
import { type Filters, RANGES, SOURCES } from "./range.ts";

const OWN = "own";

interface FilterBarProps {
  readonly filters: Filters;
  readonly channels: GuildResource["channels"];
  onChange(filters: Filters): void;
}

/** What is chosen holds at once. */
export function FilterBar({ filters, channels, onChange }: FilterBarProps) {
  const t = useVoice();
  return (
    <search class="card filters">
      <Select
        label={t("page.range")}
        value={filters.days === null ? OWN : String(filters.days)}
        options={[
          ...RANGES.map((days) => ({ value: String(days), name: t(`page.range-${days}`) })),
          { value: OWN, name: t("page.range-own") },
        ]}
        onChange={(value) => onChange({ ...filters, days: value === OWN ? null : Number(value) })}
      />
      {filters.days === null && (
        <>
          <Day label={t("page.from")} value={filters.from} onChange={(from) => onChange({ ...filters, from })} />
          <Day label={t("page.to")} value={filters.to} onChange={(to) => onChange({ ...filters, to })} />
        </>
      )}
      <Select
        label={t("page.channel")}
        value={filters.channel}
        options={[
          { value: "", name: t("page.channel-all") },
          ...channels.map(({ id, name, kind }) => ({ value: id, name: kind === "voice" ? name : `#${name}` })),
        ]}
        onChange={(channel) => onChange({ ...filters, channel })}
      />
      <Select
        label={t("page.source")}
        value={filters.source}
        options={[
          { value: "", name: t("page.source-all") },
          ...SOURCES.map((source) => ({ value: source, name: t(`page.source-${source}`) })),
        ]}
        onChange={(source) => onChange({ ...filters, source })}
      />
    </search>
  );
}

interface DayProps {
  readonly label: string;
  readonly value: string;
  onChange(day: string): void;
}

function Day({ label, value, onChange }: DayProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="date"
        required
        value={value}
        onChange={({ currentTarget }) => currentTarget.value !== "" && onChange(currentTarget.value)}
      />
    </div>
  );
}
