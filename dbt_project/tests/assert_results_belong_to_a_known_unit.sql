-- Lists results credited to a unit that the root does not hold on that day; they would be missing above it.
select events.org_unit_id, events.unit_since, count(*) as event_count
from {{ ref('int_credited_days') }} as events
left join {{ ref('dim_org_unit_closure') }} as closure
    on events.org_unit_id = closure.descendant_id
    and closure.ancestor_id in (select org_unit_id from {{ ref('dim_org_unit') }} where parent_org_unit_id is null)
    and events.unit_since >= closure.valid_from
    and events.unit_since < closure.valid_to
where closure.ancestor_id is null
group by events.org_unit_id, events.unit_since
