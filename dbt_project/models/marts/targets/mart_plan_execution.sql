with plans as (

    select * from {{ ref('fct_sales_plan') }}

),

with_the_whole as (

    select employee_id, kind, planned_on, customer_id, product_line, expected_amount, plan_state from plans
    union all
    select employee_id, 'all', planned_on, customer_id, product_line, expected_amount, plan_state from plans

),

placed as (

    select plans.*, periods.period_type, periods.period_start, periods.period_end, periods.period_label
    from with_the_whole as plans
    inner join {{ ref('dim_period') }} as periods
        on plans.planned_on >= periods.period_start
        and plans.planned_on < periods.period_end
    where periods.has_begun

),

-- A line counts once, however many plans name its customer.
ordered as (

    select distinct
        placed.employee_id, placed.kind, placed.period_type, placed.period_start,
        lines.order_id, lines.line_number, lines.net_amount
    from placed
    inner join {{ ref('int_order_lines') }} as lines
        on placed.employee_id = lines.employee_id
        and placed.customer_id = lines.customer_id
        and (placed.product_line is null or placed.product_line = lines.product_line)
        and lines.business_date >= placed.period_start
        and lines.business_date < placed.period_end

),

booked as (

    select employee_id, kind, period_type, period_start, sum(net_amount) as actual_amount
    from ordered
    group by employee_id, kind, period_type, period_start

),

counted as (

    select
        employee_id,
        kind,
        period_type,
        period_start,
        period_label,
        count(*) as planned_count,
        sum(case when plan_state <> 'to_come' then 1 else 0 end) as due_count,
        sum(case when plan_state in ('done', 'done_late') then 1 else 0 end) as done_count,
        sum(case when plan_state = 'done_late' then 1 else 0 end) as done_late_count,
        sum(case when plan_state = 'overdue' then 1 else 0 end) as overdue_count,
        sum(expected_amount) as expected_amount
    from placed
    group by employee_id, kind, period_type, period_start, period_label

)

select
    counted.employee_id,
    counted.kind,
    counted.period_type,
    counted.period_start,
    counted.period_label,
    cast(counted.planned_count as bigint) as planned_count,
    cast(counted.due_count as bigint) as due_count,
    cast(counted.done_count as bigint) as done_count,
    cast(counted.done_late_count as bigint) as done_late_count,
    cast(counted.overdue_count as bigint) as overdue_count,
    {{ rate('counted.done_count', 'counted.due_count') }} as completion_rate,
    {{ money('counted.expected_amount') }} as expected_amount,
    {{ money('coalesce(booked.actual_amount, 0)') }} as actual_amount,
    {{ rate('coalesce(booked.actual_amount, 0)', 'counted.expected_amount') }} as expected_attainment_rate
from counted
left join booked
    on counted.employee_id = booked.employee_id
    and counted.kind = booked.kind
    and counted.period_type = booked.period_type
    and counted.period_start = booked.period_start
