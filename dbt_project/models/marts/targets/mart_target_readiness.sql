with periods as (

    select
        periods.period_type,
        periods.period_start,
        periods.period_end,
        periods.period_label,
        cast({{ add_days('periods.period_start', '-policy.set_before_days') }} as date) as set_by
    from {{ ref('dim_period') }} as periods
    inner join {{ source('rulebook', 'target_policy') }} as policy
        on periods.period_type = policy.cycle_period
        and {{ in_force('policy', 'periods.period_start') }}
    where periods.has_begun

),

-- Who is there on the first day of the period, and not only in a role without a quota.
owners as (

    select 'employee' as level, owners.owner_id, owners.valid_from, owners.valid_to
    from {{ ref('int_owner_validity') }} as owners
    inner join {{ ref('int_employee_assignments') }} as assignments
        on owners.owner_id = assignments.employee_id
        and owners.valid_from = assignments.valid_from
    where owners.owner_kind = 'employee' and coalesce(assignments.role, 'seller') = 'seller'
    union all
    select case when parent_org_unit_id is null then 'company' else 'org_unit' end, org_unit_id, valid_from, valid_to
    from {{ ref('int_org_units') }}
    where org_level not in ('direct', 'unassigned') or org_level is null
    union all
    select 'territory', territory_id, {{ first_day() }}, {{ far_day() }}
    from {{ ref('dim_territory') }}
    union all
    select distinct 'product_line', product_line, {{ first_day() }}, {{ far_day() }}
    from {{ ref('dim_product') }}
    where product_line is not null

),

wanted as (

    select
        levels.level,
        owners.owner_id,
        levels.metric,
        periods.period_type,
        periods.period_start,
        periods.period_end,
        periods.period_label,
        periods.set_by
    from periods
    inner join {{ source('rulebook', 'target_levels') }} as levels
        on levels.is_required
        and {{ in_force('levels', 'periods.period_start') }}
    inner join owners
        on levels.level = owners.level
        and periods.period_start >= owners.valid_from
        and periods.period_start < owners.valid_to

),

first_approvals as (

    select target_id, min(approved_on) as approved_on
    from {{ ref('int_target_versions') }}
    where stage is null
    group by target_id

),

-- A target of the first month of a year begins the year's: what covers the first day counts.
found as (

    select
        wanted.level,
        wanted.owner_id,
        wanted.metric,
        wanted.period_type,
        wanted.period_start,
        wanted.period_end,
        wanted.period_label,
        wanted.set_by,
        count(targets.target_id) as target_count,
        min(approvals.approved_on) as approved_on
    from wanted
    left join {{ ref('int_targets') }} as targets
        on wanted.level = targets.level
        and wanted.owner_id = targets.owner_id
        and wanted.metric = targets.metric
        and wanted.period_start >= targets.period_start
        and wanted.period_start < targets.period_end
    left join first_approvals as approvals
        on targets.target_id = approvals.target_id
    group by 1, 2, 3, 4, 5, 6, 7, 8

)

select
    level,
    owner_id,
    metric,
    period_type,
    period_start,
    period_end,
    period_label,
    set_by,
    approved_on,
    case
        when target_count = 0 then 'missing'
        when approved_on is null then 'not_approved'
        when approved_on > set_by then 'late'
        else 'in_time'
    end as readiness_state,
    target_count > 0 as has_target,
    case when approved_on > set_by then cast({{ dbt.datediff('set_by', 'approved_on', 'day') }} as integer) end as days_late
from found
