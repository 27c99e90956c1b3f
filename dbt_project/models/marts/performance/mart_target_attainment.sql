with targets as (

    select *, least(period_end, {{ add_days(as_of(), 1) }}) as cutoff
    from {{ ref('int_targets') }}

),

events as (

    select business_date, owned_on, measure, employee_id, org_unit_id, territory_id, product_line, amount
    from {{ ref('int_credited_events') }}

),

owned_days as (

    select 'employee' as owner_kind, employee_id as owner_id, product_line, measure, business_date, sum(amount) as amount
    from events
    group by employee_id, product_line, measure, business_date
    union all
    select 'territory', territory_id, product_line, measure, business_date, sum(amount)
    from events
    group by territory_id, product_line, measure, business_date
    union all
    select 'product_line', product_line, product_line, measure, business_date, sum(amount)
    from events
    group by product_line, measure, business_date
    union all
    select 'org_unit', closure.ancestor_id, events.product_line, events.measure, events.business_date, sum(events.amount)
    from events
    inner join {{ ref('dim_org_unit_closure') }} as closure
        on events.org_unit_id = closure.descendant_id
        and events.owned_on >= closure.valid_from
        and events.owned_on < closure.valid_to
    group by closure.ancestor_id, events.product_line, events.measure, events.business_date

),

actuals as (

    select
        targets.owner_kind,
        targets.owner_id,
        targets.metric,
        targets.product_line,
        targets.period_start,
        targets.period_end,
        sum(owned_days.amount) as actual_value
    from targets
    inner join owned_days
        on targets.owner_kind = owned_days.owner_kind
        and targets.owner_id = owned_days.owner_id
        and targets.metric = owned_days.measure
        and (targets.product_line is null or targets.product_line = owned_days.product_line)
        and owned_days.business_date >= targets.period_start
        and owned_days.business_date < targets.cutoff
    group by
        targets.owner_kind, targets.owner_id, targets.metric, targets.product_line,
        targets.period_start, targets.period_end

),

work_days_left as (

    select targets.period_end, count(*) as work_days
    from (select distinct period_end from targets) as targets
    inner join {{ ref('dim_date') }} as days
        on days.day > {{ as_of() }}
        and days.day < targets.period_end
        and days.is_workday
    group by targets.period_end

),

children as (

    select
        units.parent_org_unit_id as owner_id,
        targets.metric,
        targets.product_line,
        targets.period_start,
        targets.period_end,
        sum(targets.target_value) as children_value
    from targets
    inner join {{ ref('int_org_units') }} as units
        on targets.owner_kind = 'org_unit'
        and targets.owner_id = units.org_unit_id
        and targets.period_start >= units.valid_from
        and targets.period_start < units.valid_to
    group by units.parent_org_unit_id, targets.metric, targets.product_line, targets.period_start, targets.period_end

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
        case when targets.period_start > {{ as_of() }} then 'open'
            when targets.period_end <= {{ add_days(as_of(), 1) }} then 'preliminary'
            else 'open'
        end as period_state,
        cast(targets.target_value as decimal(18, 2)) as target_value,
        cast(targets.original_target_value as decimal(18, 2)) as original_target_value,
        case when targets.period_start <= {{ as_of() }} then cast(coalesce(actuals.actual_value, 0) as decimal(18, 2)) end
            as actual_value,
        case when targets.period_start <= {{ as_of() }}
            then {{ rate('coalesce(cast(actuals.actual_value as decimal(18, 2)), 0)', 'targets.target_value') }}
        end as attainment_rate,
        case when work_days_left.work_days > 0 then cast(greatest(
            targets.target_value - coalesce(actuals.actual_value, 0), 0
        ) / work_days_left.work_days as decimal(18, 2)) end as run_rate_required,
        cast(children.children_value - targets.target_value as decimal(18, 2)) as allocation_gap,
        targets._file,
        targets._line
    from targets
    left join actuals
        on targets.owner_kind = actuals.owner_kind
        and targets.owner_id = actuals.owner_id
        and targets.metric = actuals.metric
        and targets.product_line is not distinct from actuals.product_line
        and targets.period_start = actuals.period_start
        and targets.period_end = actuals.period_end
    left join work_days_left
        on targets.period_end = work_days_left.period_end
    left join children
        on targets.owner_kind = 'org_unit'
        and targets.owner_id = children.owner_id
        and targets.metric = children.metric
        and targets.product_line is not distinct from children.product_line
        and targets.period_start = children.period_start
        and targets.period_end = children.period_end

)

select * from final
