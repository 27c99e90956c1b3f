with non_leaves as (

    select distinct parent_org_unit_id as org_unit_id
    from {{ ref('int_org_units') }}
    where parent_org_unit_id is not null

),

assignments as (

    select
        assignments.employee_id,
        case when non_leaves.org_unit_id is null then coalesce(assignments.org_unit_id, 'unassigned')
            else assignments.org_unit_id || '/direct'
        end as org_unit_id,
        assignments.territory_id,
        assignments.role,
        assignments.valid_from,
        least(
            coalesce(assignments.valid_to, {{ far_day() }}),
            coalesce(lead(assignments.valid_from) over (
                partition by assignments.employee_id order by assignments.valid_from
            ), {{ far_day() }})
        ) as valid_to
    from {{ ref('stg_employee_assignments') }} as assignments
    left join non_leaves
        on assignments.org_unit_id = non_leaves.org_unit_id

)

select * from assignments
