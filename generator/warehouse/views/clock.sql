-- One row per listener, year, weekday (1: Monday) and hour of the day in which plays ended, of those of which the hour is
-- kept, on the listener's own clock.
create view clock as
select listener, cast(extract(year from local_date) as integer) as year,
       cast(extract(isodow from local_date) as integer) as weekday, local_hour as hour,
       count(*) as plays, cast(coalesce(sum(ms), 0) as bigint) as ms,
       count(case when is_estimated then 1 end) as estimated
from counted
where local_hour is not null
group by listener, cast(extract(year from local_date) as integer),
         cast(extract(isodow from local_date) as integer), local_hour;
