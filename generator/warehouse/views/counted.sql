-- One row per play that counts: on each UTC day the best source rules up to its last row, a lesser one counts after
-- it (docs/plays.md), and less than 30 seconds are no play. `ms` is how long it was heard; where no source says so,
-- the track's length, and `is_estimated`. Tracks have the title that the catalog or an export knows them by.
create view counted as
with ends as (
    select listener, cast(played_at as date) as utc_day,
           max(case when source = 'extended' then played_at end) as extended_until,
           max(case when source = 'account' then played_at end) as account_until
    from plays
    group by listener, cast(played_at as date)
)
select plays.listener, plays.played_at, plays.source, plays.item_key,
       coalesce(tracks.title, named.title) as title,
       coalesce(plays.ms_played, tracks.duration_ms) as ms,
       plays.ms_played is null as is_estimated,
       plays.skipped
from plays
join ends on ends.listener = plays.listener and ends.utc_day = cast(plays.played_at as date)
left join tracks on tracks.id = plays.item_key
left join named on named.item_key = plays.item_key
where (plays.ms_played is null or plays.ms_played >= 30000)
  and (plays.source = 'extended' or extended_until is null or plays.played_at > extended_until)
  -- An account's export knows minutes: its last one counts as a whole.
  and (plays.source <> 'api' or account_until is null or plays.played_at >= account_until + interval '1 minute');
