with units as (

    select * from {{ ref('int_org_units') }}

),

non_leaves as (

    select distinct parent_org_unit_id as org_unit_id
    from units
    where parent_org_unit_id is not null

),

dated as (

    select
        employee_id,
        org_unit_id,
        territory_id,
        role,
        valid_from,
        least(
            coalesce(valid_to, {{ far_day() }}),
            coalesce(lead(valid_from) over (partition by employee_id order by valid_from), {{ far_day() }})
        ) as valid_to
    from {{ ref('stg_employee_assignments') }}

),

-- Nobody works for a unit that does not exist that day: such results show as unassigned.
within_the_unit as (

    select
        dated.employee_id,
        case when non_leaves.org_unit_id is null then dated.org_unit_id else dated.org_unit_id || '/direct' end
            as org_unit_id,
        dated.territory_id,
        dated.role,
        greatest(dated.valid_from, units.valid_from) as valid_from,
        least(dated.valid_to, units.valid_to) as valid_to
    from dated
    inner join units
        on dated.org_unit_id = units.org_unit_id
        and greatest(dated.valid_from, units.valid_from) < least(dated.valid_to, units.valid_to)
    left join non_leaves
        on dated.org_unit_id = non_leaves.org_unit_id

)

select * from within_the_unit
