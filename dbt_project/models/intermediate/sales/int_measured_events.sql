{{ config(materialized='view') }}

with order_lines as (

    select * from {{ ref('int_order_lines') }}

),

events as (

    select business_date, 'booked_amount' as measure, employee_id, customer_id, territory_id, product_line,
        net_amount as amount
    from order_lines
    union all
    select business_date, 'gross_margin_amount', employee_id, customer_id, territory_id, product_line,
        net_amount - cost_amount
    from order_lines
    union all
    select business_date, 'order_quantity', employee_id, customer_id, territory_id, product_line, quantity
    from order_lines
    union all
    select business_date, 'backlog_amount', employee_id, customer_id, territory_id, product_line, net_amount
    from order_lines
    union all
    select business_date, 'order_count', employee_id, customer_id, territory_id, cast(null as varchar),
        count(distinct order_id)
    from order_lines
    group by business_date, employee_id, customer_id, territory_id
    union all
    select business_date, 'invoiced_amount', employee_id, customer_id, territory_id, product_line, net_amount
    from {{ ref('int_invoiced_events') }}
    union all
    select business_date, 'new_customer_count', employee_id, customer_id, cast(null as varchar), cast(null as varchar), 1
    from {{ ref('int_first_purchases') }}
    union all
    select closed_on, status || '_count', employee_id, customer_id, cast(null as varchar), product_line, 1
    from {{ ref('stg_opportunities') }}
    where status in ('won', 'lost')

),

shipments as (

    select shipped_on, 'shipped_amount', employee_id, customer_id, territory_id, product_line,
        net_amount, business_date as owned_on
    from order_lines
    where shipped_on is not null
    union all
    select shipped_on, 'backlog_amount', employee_id, customer_id, territory_id, product_line,
        - net_amount, business_date
    from order_lines
    where shipped_on is not null

),

-- Cash belongs to the unit that its owner had on the day of the invoice, a shipment to that of the order (or the
-- backlog of a unit would never clear after a reorganisation), everything else to that of its own day.
with_day_of_ownership as (

    select *, business_date as owned_on from events
    union all
    select * from shipments
    union all
    select business_date, 'collected_amount', employee_id, customer_id, cast(null as varchar), cast(null as varchar),
        amount, owned_on
    from {{ ref('int_collected_events') }}

),

known_by_then as (

    select * from with_day_of_ownership
    where business_date <= {{ as_of() }}

)

select * from known_by_then
