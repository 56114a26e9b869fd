-- One row per time that a song, after five plays or more, was not played again for 90 days or more: the date of the last
-- of them, the date of its return (null: still away on the listener's last date), all plays before, and all since.
create view absences as
with steps as (
    select listener, item_id, local_date, plays,
           lead(local_date) over by_song as next_date,
           sum(plays) over (
               partition by listener, item_id order by local_date
               rows between unbounded preceding and current row
           ) as plays_before,
           sum(plays) over (partition by listener, item_id) as plays_ever,
           max(local_date) over (partition by listener) as latest
    from day_plays
    window by_song as (partition by listener, item_id order by local_date)
)
select listener, item_id, local_date as since, next_date as returned,
       coalesce(next_date, latest) - local_date as days,
       cast(plays_before as bigint) as plays_before, cast(plays_ever - plays_before as bigint) as plays_since
from steps
where plays_before >= 5 and coalesce(next_date, latest) - local_date >= 90;
