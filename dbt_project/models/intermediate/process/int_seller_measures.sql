with periods as (

    select
        period_type,
        period_start,
        cutoff,
        cast({{ dbt.dateadd('month', -12, 'cutoff') }} as date) as trailing_start
    from {{ ref('dim_period') }}
    where has_begun
        and period_type <> 'week'

),

-- Each measure is a sum over a sum: of deals that went on, of days of won deals, of what was taken off the list price.
events as (

    select org_unit_id, owned_on, employee_id, exited_on as happened_on, 'conversion' as measure, stage,
        case when is_forward then 1 else 0 end as part, cast(1 as decimal(18, 2)) as whole
    from {{ ref('int_stage_exits') }}
    where employee_id is not null
    union all
    select org_unit_id, owned_on, employee_id, closed_on, 'cycle_days', 'all', cycle_days, 1
    from {{ ref('int_closed_opportunities') }}
    where status = 'won'
        and cycle_days >= 0
        and employee_id is not null
    union all
    select lines.org_unit_id, lines.unit_since, lines.employee_id, lines.business_date, 'discount', 'all',
        lines.quantity * products.list_price_amount - lines.net_amount, lines.quantity * products.list_price_amount
    from {{ ref('int_order_lines') }} as lines
    inner join {{ ref('stg_products') }} as products
        on lines.product_id = products.product_id
        and products.list_price_amount > 0
    where lines.employee_id is not null

),

by_day as (

    select closure.ancestor_id as org_unit_id, events.employee_id, events.measure, events.stage, events.happened_on,
        count(*) as sample_count, sum(events.part) as part, sum(events.whole) as whole
    from events
    {{ join_units_above('events') }}
    group by closure.ancestor_id, events.employee_id, events.measure, events.stage, events.happened_on

)

select
    by_day.org_unit_id,
    by_day.employee_id,
    periods.period_type,
    periods.period_start,
    max(periods.cutoff) as cutoff,
    by_day.measure,
    by_day.stage,
    sum(by_day.sample_count) as sample_count,
    {{ rate('sum(by_day.part)', 'sum(by_day.whole)') }} as measured
from by_day
inner join periods
    on by_day.happened_on >= periods.trailing_start
    and by_day.happened_on < periods.cutoff
group by by_day.org_unit_id, by_day.employee_id, periods.period_type, periods.period_start, by_day.measure, by_day.stage
