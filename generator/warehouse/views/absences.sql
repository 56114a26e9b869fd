-- One row per time that a song, after five plays or more, was not played again for 90 days or more: the date of the last
-- of them, the date of its return (null: still away on the listener's last date), all plays before, and all since; of
-- both their listening time, and how many of them have an estimated length.
create view absences as
with steps as (
    select listener, item_id, local_date,
           lead(local_date) over by_song as next_date,
           max(local_date) over (partition by listener) as latest,
           sum(plays) over so_far as plays_before, sum(plays) over (partition by listener, item_id) as plays,
           sum(ms) over so_far as ms_before, sum(ms) over (partition by listener, item_id) as ms,
           sum(estimated) over so_far as estimated_before,
           sum(estimated) over (partition by listener, item_id) as estimated
    from day_plays
    window by_song as (partition by listener, item_id order by local_date),
           so_far as (
               partition by listener, item_id order by local_date
               rows between unbounded preceding and current row
           )
)
select listener, item_id, local_date as since, next_date as returned,
       coalesce(next_date, latest) - local_date as days,
       cast(plays_before as bigint) as plays_before, cast(ms_before as bigint) as ms_before,
       cast(estimated_before as bigint) as estimated_before,
       cast(plays - plays_before as bigint) as plays_since, cast(ms - ms_before as bigint) as ms_since,
       cast(estimated - estimated_before as bigint) as estimated_since
from steps
where plays_before >= 5 and coalesce(next_date, latest) - local_date >= 90;
