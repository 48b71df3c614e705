/** What the dashboard's tables look like; `dashboard-step.ts` makes them. */

import type { Generated } from "kysely";

/** Table of readings with speech in servers, slim; kept by triggers on `clips`. What isn't known is empty. */
interface ReadingsTable {
  clip_id: string;
  guild_id: string;
  channel_id: string;
  source: string;
  subject_id: string;
  at: Date;
  /** Null where the reading is uncertain. */
  label: string | null;
  confidence: number;
}

/** Table of labels that readings had, and `uncertain`; kept by triggers on `readings`. */
interface MoodLabelsTable {
  /** From 1 on: the place in `counts`. */
  id: Generated<number>;
  name: string;
}

/** Table of readings by hour, channel and source; kept by triggers on `readings`. */
interface MoodHoursTable {
  guild_id: string;
  hour: Date;
  channel_id: string;
  source: string;
  /** Readings of each label. */
  counts: number[];
  /** Sum of the confidences of readings with a label. */
  confidence: number;
  /** bigint[]; comes as text. Hashes of the people who spoke. */
  people: string[];
}

/** Table of keys that all processes share. */
interface KeysTable {
  name: string;
  bytes: Uint8Array;
}

/** Table of one-time links; the id is the link's hash. */
interface SignInsTable {
  id: string;
  is_used: Generated<boolean>;
  expires_at: Date;
}

/** Table of sessions; the id is the cookie's hash, without a user it is the owner's. */
interface SessionsTable {
  id: string;
  user_id: string | null;
  name: string | null;
  /** jsonb; written as text. */
  guild_ids: unknown;
  created_at: Date;
  expires_at: Date;
}

/** Table of personal access tokens; only their hashes are kept. */
interface AccessTokensTable {
  id: string;
  secret: string;
  user_id: string | null;
  user_name: string | null;
  /** jsonb; written as text. */
  guild_ids: unknown;
  name: string;
  /** jsonb; written as text. */
  scopes: unknown;
  created_at: Date;
  last_used_at: Date | null;
  expires_at: Date | null;
}

/** Table of alert rules. */
interface AlertRulesTable {
  id: string;
  guild_id: string;
  name: string;
  is_on: boolean;
  /** jsonb; written as text. */
  terms: unknown;
  created_at: Date;
}

/** Table of alerts. */
interface AlertsTable {
  id: string;
  guild_id: string;
  channel_id: string;
  rule_id: string | null;
  rule_name: string;
  at: Date;
  /** bigint; comes as text. */
  number: Generated<string>;
  is_quiet: boolean;
  /** jsonb; written as text. */
  evidence: unknown;
  state: string;
  note: string | null;
  handled_by: string | null;
  handled_at: Date | null;
}

/** Table of webhooks. */
interface WebhooksTable {
  id: string;
  guild_id: string;
  url: string;
  secret: string;
  is_on: boolean;
  created_at: Date;
}

/** Table of what goes out about alerts: to a webhook, or without one to the server's alert channel. */
interface DeliveriesTable {
  id: string;
  alert_id: string;
  webhook_id: string | null;
  status: string;
  reason: string | null;
  created_at: Date;
  ended_at: Date | null;
}

/** The dashboard's tables. */
export interface DashboardTables {
  readings: ReadingsTable;
  mood_labels: MoodLabelsTable;
  mood_hours: MoodHoursTable;
  keys: KeysTable;
  sign_ins: SignInsTable;
  sessions: SessionsTable;
  access_tokens: AccessTokensTable;
  alert_rules: AlertRulesTable;
  alerts: AlertsTable;
  webhooks: WebhooksTable;
  deliveries: DeliveriesTable;
}
