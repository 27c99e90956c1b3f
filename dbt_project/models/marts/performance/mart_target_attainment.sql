with targets as (

    select * from {{ ref('int_targets') }}

),

work_days_left as (

    select ends.period_end, count(*) as work_days
    from (select distinct period_end from targets) as ends
    inner join {{ ref('dim_date') }} as days
        on days.day > {{ as_of() }}
        and days.day < ends.period_end
        and days.is_workday
    group by ends.period_end

),

final as (

    select
        targets.level,
        targets.owner_id,
        targets.metric,
        targets.product_line,
        targets.unit,
        targets.version,
        targets.period_type,
        targets.period_start,
        targets.period_end,
        targets.period_label,
        case when targets.period_end <= {{ add_days(as_of(), 1) }} then 'preliminary' else 'open' end as period_state,
        {{ money('targets.target_value') }} as target_value,
        {{ money('targets.original_target_value') }} as original_target_value,
        {{ money('actuals.actual_value') }} as actual_value,
        {{ rate(money('actuals.actual_value'), 'targets.target_value') }} as attainment_rate,
        case when work_days_left.work_days > 0 then {{ money(
            'greatest(targets.target_value - coalesce(actuals.actual_value, 0), 0) / work_days_left.work_days') }}
        end as run_rate_required,
        {{ money('allocations.allocated_value - targets.target_value') }} as allocation_gap,
        targets._file,
        targets._line
    from targets
    left join {{ ref('int_target_actuals') }} as actuals
        on targets.owner_kind = actuals.owner_kind
        and targets.owner_id = actuals.owner_id
        and targets.metric = actuals.metric
        and targets.product_line is not distinct from actuals.product_line
        and targets.period_start = actuals.period_start
        and targets.period_end = actuals.period_end
    left join work_days_left
        on targets.period_end = work_days_left.period_end
    left join {{ ref('int_target_allocations') }} as allocations
        on targets.owner_kind = 'org_unit'
        and targets.owner_id = allocations.org_unit_id
        and targets.metric = allocations.metric
        and targets.product_line is not distinct from allocations.product_line
        and targets.period_start = allocations.period_start
        and targets.period_end = allocations.period_end

)

select * from final
