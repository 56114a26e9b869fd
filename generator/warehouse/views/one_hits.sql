-- One row per artist of whom one song was played, and that five times or more, and no other ever.
create view one_hits as
select lifetimes.listener, artist_id, max(lifetimes.item_id) as item_id, max(plays) as plays, max(ms) as ms,
       max(estimated) as estimated
from lifetimes
join songs on songs.listener = lifetimes.listener and songs.item_id = lifetimes.item_id
where kind = 'tracks' and artist_id is not null
group by lifetimes.listener, artist_id
having count(*) = 1 and max(plays) >= 5;
