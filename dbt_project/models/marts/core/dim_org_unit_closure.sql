with recursive units as (

    select org_unit_id, parent_org_unit_id, valid_from, valid_to
    from {{ ref('int_org_units') }}

),

closure (ancestor_id, descendant_id, distance, valid_from, valid_to) as (

    select org_unit_id, org_unit_id, 0, valid_from, valid_to
    from units

    union all

    select
        closure.ancestor_id,
        units.org_unit_id,
        closure.distance + 1,
        greatest(closure.valid_from, units.valid_from),
        least(closure.valid_to, units.valid_to)
    from closure
    inner join units
        on closure.descendant_id = units.parent_org_unit_id
        and greatest(closure.valid_from, units.valid_from) < least(closure.valid_to, units.valid_to)
    -- A unit above itself would be walked round for ever; such units hang nowhere, and mart_organisation_check names them.
    where units.org_unit_id <> closure.ancestor_id

)

select
    ancestor_id,
    descendant_id,
    cast(distance as integer) as distance,
    valid_from,
    valid_to
from closure
