/** The step of `migrations.ts` that the dashboard needs: moods by the hour, sign-in, alerts and where they go. */

/** Key of the advisory lock by which those who forget many readings follow one another: "tfgt" in ASCII. */
const FORGET_LOCK = 0x74666774;

/**
 * Triggers keep `readings` in step with `clips`, and `mood_hours` in step with `readings`, within the transaction that
 * saves, forgets or deletes a clip. A row of `mood_hours` is an hour of a channel: counts by label (in the order of
 * `mood_labels`, which only grows) and hashes of the people who spoke, so that an hour costs one row however many they
 * are. Who adds one reading locks one row; only those who forget lock several, one after the other.
 */
export const DASHBOARD_STEP = `create table readings (
   clip_id text primary key references clips (id) on delete cascade,
   guild_id text not null,
   channel_id text not null,
   source text not null,
   subject_id text not null,
   at timestamptz not null,
   label text,
   confidence real not null
 );
 create index readings_guild on readings (guild_id, at);
 create table mood_labels (
   id smallint generated always as identity primary key,
   name text not null unique
 );
 create table mood_hours (
   guild_id text not null,
   hour timestamptz not null,
   channel_id text not null,
   source text not null,
   counts int[] not null,
   confidence double precision not null,
   people bigint[] not null,
   primary key (guild_id, hour, channel_id, source)
 );
 create function note_reading() returns trigger language plpgsql as $$
 begin
   if tg_op <> 'INSERT' and old.status = 'done' then
     delete from readings where clip_id = old.id;
   end if;
   if tg_op <> 'DELETE' and new.status = 'done' and new.guild_id is not null
     and (new.reading ->> 'speech')::boolean then
     insert into readings values (
       new.id, new.guild_id, coalesce(new.channel_id, ''), new.source, coalesce(new.subject_id, ''), new.created_at,
       case when not (new.reading ->> 'uncertain')::boolean then new.reading ->> 'label' end,
       (new.reading ->> 'confidence')::real);
   end if;
   return null;
 end $$;
 create function add_to_mood() returns trigger language plpgsql as $$
 declare
   named text := coalesce(new.label, 'uncertain');
   sure double precision := case when new.label is null then 0 else new.confidence end;
   person bigint[] := case when new.subject_id = '' then '{}' else array[hashtextextended(new.subject_id, 0)] end;
   n int;
 begin
   select id into n from mood_labels where name = named;
   if n is null then
     insert into mood_labels (name) values (named) on conflict (name) do update set name = excluded.name returning id into n;
   end if;
   insert into mood_hours as mood
   values (new.guild_id, date_trunc('hour', new.at, 'UTC'), new.channel_id, new.source,
     array_fill(0, array[n - 1]) || 1, sure, person)
   on conflict (guild_id, hour, channel_id, source) do update set
     counts[n] = coalesce(mood.counts[n], 0) + 1,
     confidence = mood.confidence + sure,
     people = case when mood.people @> person then mood.people else mood.people || person end;
   return null;
 end $$;
 create function take_from_mood() returns trigger language plpgsql as $$
 declare
   n int := (select id from mood_labels where name = coalesce(old.label, 'uncertain'));
   begun timestamptz := date_trunc('hour', old.at, 'UTC');
   stays boolean := exists (
     select 1 from readings where guild_id = old.guild_id and at >= begun and at < begun + interval '1 hour'
       and channel_id = old.channel_id and source = old.source and subject_id = old.subject_id
   );
 begin
   perform pg_advisory_xact_lock(${FORGET_LOCK});
   update mood_hours set
     counts[n] = counts[n] - 1,
     confidence = confidence - case when old.label is null then 0 else old.confidence end,
     people = case when stays then people else array_remove(people, hashtextextended(old.subject_id, 0)) end
   where guild_id = old.guild_id and hour = begun and channel_id = old.channel_id and source = old.source;
   delete from mood_hours
   where guild_id = old.guild_id and hour = begun and channel_id = old.channel_id and source = old.source
     and (select sum(count) from unnest(counts) as count) <= 0;
   return null;
 end $$;
 create trigger readings_added after insert on readings for each row execute function add_to_mood();
 create trigger readings_removed after delete on readings for each row execute function take_from_mood();
 create trigger clips_read after insert or delete or update of status on clips
   for each row execute function note_reading();
 insert into readings
   select id, guild_id, coalesce(channel_id, ''), source, coalesce(subject_id, ''), created_at,
     case when not (reading ->> 'uncertain')::boolean then reading ->> 'label' end, (reading ->> 'confidence')::real
   from clips where status = 'done' and guild_id is not null and (reading ->> 'speech')::boolean;

 alter table audit add column kind text not null default 'change' check (kind in ('change', 'view', 'export'));
 create index audit_at on audit (at);

 create table keys (
   name text primary key,
   bytes bytea not null
 );
 create table sign_ins (
   id text primary key,
   is_used boolean not null default false,
   expires_at timestamptz not null
 );
 create table sessions (
   id text primary key,
   user_id text,
   name text,
   guild_ids jsonb not null,
   created_at timestamptz not null,
   expires_at timestamptz not null
 );
 create table access_tokens (
   id text primary key,
   secret text not null unique,
   user_id text,
   user_name text,
   guild_ids jsonb not null,
   name text not null,
   scopes jsonb not null,
   created_at timestamptz not null,
   last_used_at timestamptz,
   expires_at timestamptz
 );
 create index access_tokens_user on access_tokens (user_id);

 create table alert_rules (
   id text primary key,
   guild_id text not null,
   name text not null,
   is_on boolean not null,
   terms jsonb not null,
   created_at timestamptz not null
 );
 create index alert_rules_guild on alert_rules (guild_id, created_at);
 create table alerts (
   id text primary key,
   guild_id text not null,
   channel_id text not null,
   rule_id text references alert_rules (id) on delete set null,
   rule_name text not null,
   at timestamptz not null,
   number bigint generated always as identity,
   is_quiet boolean not null,
   evidence jsonb not null,
   state text not null check (state in ('open', 'acknowledged', 'dismissed')),
   note text,
   handled_by text,
   handled_at timestamptz
 );
 create index alerts_guild on alerts (guild_id, number);
 create index alerts_rule on alerts (rule_id, channel_id, at);
 create table webhooks (
   id text primary key,
   guild_id text not null,
   url text not null,
   secret text not null,
   is_on boolean not null,
   created_at timestamptz not null
 );
 create index webhooks_guild on webhooks (guild_id, created_at);
 create table deliveries (
   id text primary key,
   alert_id text not null references alerts (id) on delete cascade,
   webhook_id text references webhooks (id) on delete cascade,
   status text not null check (status in ('waiting', 'delivered', 'failed')),
   reason text,
   created_at timestamptz not null,
   ended_at timestamptz
 );
 create index deliveries_alert on deliveries (alert_id);
 create index deliveries_webhook on deliveries (webhook_id, created_at);
 create index deliveries_waiting on deliveries (created_at) where status = 'waiting';`;
