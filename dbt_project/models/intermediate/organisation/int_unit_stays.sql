with positions as (

    select * from {{ ref('int_positions') }}

),

planned_roles as (

    select distinct role from {{ ref('stg_headcount_plans') }}

),

-- A person counts under the job title if the plan names it, else under the role of the assignment.
posts as (

    select
        positions.*,
        coalesce(planned_roles.role, positions.role, 'none') as post
    from positions
    left join planned_roles
        on positions.job_title = planned_roles.role

),

in_units as (

    select
        closure.ancestor_id as org_unit_id,
        posts.post,
        posts.employee_id,
        posts.valid_from,
        posts.valid_to
    from posts
    inner join {{ ref('dim_org_unit_closure') }} as closure
        on posts.org_unit_id = closure.descendant_id
        and posts.unit_since >= closure.valid_from
        and posts.unit_since < closure.valid_to

),

both_kinds as (

    select org_unit_id, post as role, employee_id, valid_from, valid_to from in_units
    union all
    select org_unit_id, 'all', employee_id, valid_from, valid_to from in_units

),

-- Who goes from one team to another of the same region, stays in the region.
marked as (

    select
        *,
        case when valid_from = lag(valid_to) over (partition by org_unit_id, role, employee_id order by valid_from)
            then 0 else 1 end as begins
    from both_kinds

),

numbered as (

    select
        *,
        sum(begins) over (
            partition by org_unit_id, role, employee_id order by valid_from
            rows between unbounded preceding and current row
        ) as stay_number
    from marked

)

select
    org_unit_id,
    role,
    employee_id,
    min(valid_from) as valid_from,
    max(valid_to) as valid_to
from numbered
group by org_unit_id, role, employee_id, stay_number
