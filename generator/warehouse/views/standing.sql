-- One row per list and edition, from the list's first on: the edition on which the list was written as it stands then.
-- A list that did not change on an edition is carried forward to it. `number` counts the list's editions.
create view standing as
with written as (
    select distinct listener, kind, span, edition from lists
),
known as (
    select listener, kind, span, min(edition) as first_edition from written group by listener, kind, span
)
select known.listener, known.kind, known.span, editions.edition,
       row_number() over list_so_far as number,
       max(written.edition) over list_so_far as written_on
from known
join editions on editions.listener = known.listener and editions.edition >= known.first_edition
left join written on written.listener = known.listener and written.kind = known.kind
     and written.span = known.span and written.edition = editions.edition
window list_so_far as (
    partition by known.listener, known.kind, known.span order by editions.edition
    rows between unbounded preceding and current row
);
