with recursive stated as (

    select
        org_unit_id,
        parent_org_unit_id,
        name,
        name_en,
        manager_employee_id,
        valid_from,
        coalesce(valid_to, {{ far_day() }}) as valid_to,
        lead(valid_from) over (partition by org_unit_id order by valid_from) as next_from
    from {{ ref('stg_org_units') }}

),

current_units as (

    select * from {{ ref('int_org_units_rooted') }}
    where valid_from <= {{ as_of() }} and valid_to > {{ as_of() }}

),

-- Upwards from each unit of today; who comes back to where it began, stops there.
upwards (org_unit_id, above, is_cycle, steps) as (

    select org_unit_id, parent_org_unit_id, org_unit_id = parent_org_unit_id, 1
    from current_units
    where parent_org_unit_id is not null

    union all

    select upwards.org_unit_id, units.parent_org_unit_id, units.parent_org_unit_id = upwards.org_unit_id, upwards.steps + 1
    from upwards
    inner join current_units as units
        on upwards.above = units.org_unit_id
    cross join (select count(*) as unit_count from current_units) as counted
    where not upwards.is_cycle
        and units.parent_org_unit_id is not null
        and upwards.steps < counted.unit_count

),

-- Since the unit above was closed, or since its own beginning if there never was one.
orphans as (

    select
        units.org_unit_id,
        units.parent_org_unit_id,
        greatest(units.valid_from, coalesce(max(closed.valid_to), units.valid_from)) as since
    from current_units as units
    left join current_units as parents
        on units.parent_org_unit_id = parents.org_unit_id
    left join stated as closed
        on units.parent_org_unit_id = closed.org_unit_id
        and closed.valid_to <= {{ as_of() }}
    where units.parent_org_unit_id is not null
        and parents.org_unit_id is null
    group by units.org_unit_id, units.parent_org_unit_id, units.valid_from

),

people as (

    select employee_id from {{ ref('stg_employees') }}
    where coalesce(hired_on, {{ first_day() }}) <= {{ as_of() }} and coalesce(left_on, {{ far_day() }}) > {{ as_of() }}

),

problems as (

    select 'cycle' as problem, units.org_unit_id, upwards.above as other_id, units.valid_from as since
    from upwards
    inner join current_units as units
        on upwards.org_unit_id = units.org_unit_id
    where upwards.is_cycle
    union all
    select 'orphan', org_unit_id, parent_org_unit_id, since from orphans
    union all
    select 'overlapping_validity', org_unit_id, org_unit_id, max(next_from) from stated
    where next_from < valid_to and valid_to < {{ far_day() }}
    group by org_unit_id
    union all
    select 'no_manager', units.org_unit_id, units.manager_employee_id, units.valid_from
    from current_units as units
    inner join stated
        on units.org_unit_id = stated.org_unit_id
        and stated.valid_from <= {{ as_of() }} and stated.valid_to > {{ as_of() }}
    left join people
        on units.manager_employee_id = people.employee_id
    where people.employee_id is null
    union all
    select 'closed_without_successor', stated.org_unit_id, cast(null as varchar), max(stated.valid_to)
    from stated
    left join {{ ref('stg_org_unit_crosswalk') }} as crosswalk
        on stated.org_unit_id = crosswalk.old_org_unit_id
    where crosswalk.old_org_unit_id is null
    group by stated.org_unit_id
    having max(stated.valid_to) <= {{ as_of() }}
    union all
    select 'successor_not_applied', old_org_unit_id, new_org_unit_id, valid_from
    from {{ ref('int_org_unit_crosswalk') }}
    where not is_applied
    union all
    select 'shares_beyond_whole', old_org_unit_id, cast(null as varchar), valid_from
    from {{ ref('int_org_unit_crosswalk') }}
    group by old_org_unit_id, valid_from
    having sum(share) > 1

)

select problem, org_unit_id, other_id, since
from problems
qualify row_number() over (partition by problem, org_unit_id order by since, other_id) = 1
