-- One row per listener: the largest number such that on so many dates there were at least so many plays, and how many such
-- dates the next number still needs.
create view eddington as
with ranked as (
    select listener, plays, row_number() over (partition by listener order by plays desc, local_date) as nth
    from days
),
reached as (
    select listener, count(case when plays >= nth then 1 end) as number
    from ranked
    group by listener
)
select reached.listener, reached.number,
       reached.number + 1 - count(case when ranked.plays >= reached.number + 1 then 1 end) as wanting
from reached
join ranked on ranked.listener = reached.listener
group by reached.listener, reached.number;
