-- One row per play that counts: on each UTC day the best source rules up to its last row, a lesser one counts after it
-- (docs/plays.md), and what is shorter than the rule asks is no play. `local_date` and `local_hour` (null where only the
-- day is kept) are those of the listener's own clock; `ended` is the same clock's time where instants are kept exactly.
create view ruling as
with plays_by_day as not materialized (
    -- What is kept by the day begins with a midnight of the listener's: 13 hours later it is that day by UTC, too, on all
    -- clocks from ten hours behind UTC to thirteen before it.
    select plays.*,
           cast(played_at + case when substr(digest, 1, 1) = 'd' then 13 else 0 end * interval '1 hour' as date) as utc_day
    from plays
),
told as not materialized (
    -- How far a row reaches: an extended history knows seconds, an account's export knows minutes, a row with a digest
    -- an hour or a day.
    select plays_by_day.*, cast(date_trunc('month', utc_day) as date) as utc_month,
           case substr(digest, 1, 1)
               when 'd' then played_at + interval '1 day'
               when 'h' then played_at + interval '1 hour'
               else case source
                   when 'extended' then played_at + interval '1 second'
                   when 'account' then played_at + interval '1 minute'
                   else played_at
               end
           end as until
    from plays_by_day
),
ends as (
    select listener, utc_month, utc_day,
           max(case when source = 'extended' then until end) as extended_until,
           max(case when source = 'account' then until end) as account_until
    from told
    group by listener, utc_month, utc_day
),
local as (
    select told.*, extended_until, account_until,
           -- A day is kept as the midnight it began with; on another zone's clock, the nearest midnight is meant.
           played_at + coalesce(shift, 0) * interval '1 minute'
               + case when substr(digest, 1, 1) = 'd' then 12 else 0 end * interval '1 hour' as local_time
    from told
    join ends on ends.listener = told.listener and ends.utc_month = told.utc_month and ends.utc_day = told.utc_day
    left join clocks on clocks.listener = told.listener and clocks.utc_day = cast(told.played_at as date)
         and told.played_at >= clocks.since and told.played_at < clocks.until
)
select listener, utc_month, played_at, source, item_key, ms_played, skipped,
       cast(local_time as date) as local_date,
       case when digest is null or substr(digest, 1, 1) = 'h' then cast(extract(hour from local_time) as integer) end as local_hour,
       case when digest is null then local_time end as ended
from local
where (ms_played is null or ms_played >= (select least_ms from counting))
  and (source = 'extended' or extended_until is null or played_at >= extended_until)
  and (source <> 'api' or account_until is null or played_at >= account_until);
