-- One row per stretch in which plays may be missing: Spotify's last fifty held none that was known, and no export
-- covers the time in between, with plays before it, in it and after it.
create view open_gaps as
select gaps.listener, gaps.since, gaps.until
from gaps
where not (
    exists (
        select 1 from plays
        where plays.listener = gaps.listener and plays.source <> 'api' and plays.played_at <= gaps.since
    )
    and exists (
        select 1 from plays
        where plays.listener = gaps.listener and plays.source <> 'api'
          and plays.played_at >= gaps.since and plays.played_at <= gaps.until
    )
    and exists (
        select 1 from plays
        where plays.listener = gaps.listener and plays.source <> 'api' and plays.played_at >= gaps.until
    )
);
