-- One row per play that counts: on each UTC day the best source rules up to its last row, a lesser one counts after
-- it (docs/plays.md), and less than 30 seconds are no play. `ms` is how long it was heard; where no source says so,
-- the track's length, and `is_estimated`. Tracks have the title that the catalog or an export knows them by.
create view counted as
with told as (
    -- How far a row reaches: an account's export knows minutes, a row with a digest an hour or a day.
    select plays.*, cast(played_at as date) as utc_day,
           case substr(digest, 1, 1)
               when 'd' then played_at + interval '1 day'
               when 'h' then played_at + interval '1 hour'
               else case when source = 'account' then played_at + interval '1 minute' else played_at end
           end as until
    from plays
),
ends as (
    select listener, utc_day,
           max(case when source = 'extended' then until end) as extended_until,
           max(case when source = 'account' then until end) as account_until,
           max(case when source = 'extended' then played_at end) as extended_last
    from told
    group by listener, utc_day
)
select told.listener, told.played_at, told.source, told.item_key,
       coalesce(tracks.title, named.title) as title,
       coalesce(told.ms_played, tracks.duration_ms) as ms,
       told.ms_played is null as is_estimated,
       told.skipped
from told
join ends on ends.listener = told.listener and ends.utc_day = told.utc_day
left join tracks on tracks.id = told.item_key
left join named on named.item_key = told.item_key
where (told.ms_played is null or told.ms_played >= 30000)
  and (told.source = 'extended' or extended_until is null
       or (told.played_at >= extended_until and told.played_at > extended_last))
  and (told.source <> 'api' or account_until is null or told.played_at >= account_until);
