-- One row per listener and edition: a date on which any of the listener's lists changed, counted from 1.
create view editions as
select listener, edition, row_number() over (partition by listener order by edition) as number
from (select distinct listener, edition from lists) as dates;
