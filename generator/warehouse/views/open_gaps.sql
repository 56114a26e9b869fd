-- One row per stretch in which plays may be missing: Spotify's last fifty held none that was known, or were the first
-- after an export's, and no export covers the time in between, with plays before it, in it and after it: in it is a
-- play between the two that are known, or both of them, to the minute, as the account's data tell. Of one that begins
-- and ends with the same kept day, what the export tells of that day alone is not enough. `first_date` and `last_date`
-- are the listener's.
create view open_gaps as
with kept_days as (
    -- A day is kept as the midnight it began with; on another zone's clock, the nearest midnight is meant.
    select distinct listener, played_at as since, 12 as hours from plays where substr(digest, 1, 1) = 'd'
)
select gaps.listener, gaps.since, gaps.until,
       cast(gaps.since + coalesce(one.shift, 0) * interval '1 minute'
           + coalesce(first_day.hours, 0) * interval '1 hour' as date) as first_date,
       cast(gaps.until + coalesce(other.shift, 0) * interval '1 minute'
           + coalesce(last_day.hours, 0) * interval '1 hour' as date) as last_date
from gaps
left join kept_days as first_day on first_day.listener = gaps.listener and first_day.since = gaps.since
left join kept_days as last_day on last_day.listener = gaps.listener and last_day.since = gaps.until
left join clocks as one on one.listener = gaps.listener and one.utc_day = cast(gaps.since as date)
     and gaps.since >= one.since and gaps.since < one.until
left join clocks as other on other.listener = gaps.listener and other.utc_day = cast(gaps.until as date)
     and gaps.until >= other.since and gaps.until < other.until
where not exists (
    select 1 from (select 'account' as source union all select 'extended') as exports
    where exists (
        select 1 from plays
        where plays.listener = gaps.listener and plays.source = exports.source
          and plays.played_at <= gaps.since and plays.played_at < gaps.until
    )
    and (
        exists (
            select 1 from plays
            where plays.listener = gaps.listener and plays.source = exports.source
              and plays.played_at > gaps.since and plays.played_at < gaps.until - interval '1 minute'
        )
        or exists (
            select 1 from plays
            where plays.listener = gaps.listener and plays.source = exports.source
              and plays.played_at > gaps.since - interval '1 minute' and plays.played_at <= gaps.since
        )
        and exists (
            select 1 from plays
            where plays.listener = gaps.listener and plays.source = exports.source
              and plays.played_at > gaps.until - interval '1 minute' and plays.played_at <= gaps.until
        )
    )
    and exists (
        select 1 from plays
        where plays.listener = gaps.listener and plays.source = exports.source
          and plays.played_at >= gaps.until and plays.played_at > gaps.since
    )
);
