{{ config(materialized='view') }}

with orders as (

    select * from {{ ref('int_orders_with_cash') }}

),

windows as (

    select period_type, period_start, cutoff from {{ ref('int_collection_windows') }}

),

deliveries as (

    select
        lines.order_id,
        lines.shipped_on,
        sum(lines.net_amount * orders.gross_factor) as amount
    from {{ ref('stg_order_lines') }} as lines
    inner join orders
        on lines.order_id = orders.order_id
    group by lines.order_id, lines.shipped_on

),

days_of_windows as (

    select days.shipped_on, windows.period_type, windows.period_start, windows.cutoff
    from (select distinct shipped_on from deliveries) as days
    inner join windows
        on days.shipped_on >= windows.period_start
        and days.shipped_on < windows.cutoff

),

shipped as (

    select
        windows.period_type,
        windows.period_start,
        windows.cutoff,
        deliveries.order_id,
        {{ money('sum(deliveries.amount)') }} as amount
    from deliveries
    inner join days_of_windows as windows
        on deliveries.shipped_on = windows.shipped_on
    group by windows.period_type, windows.period_start, windows.cutoff, deliveries.order_id

),

cash_to_date as (

    select
        order_id,
        business_date as valid_from,
        coalesce(lead(business_date) over (partition by order_id order by business_date), {{ far_day() }}) as valid_to,
        sum(amount) over (
            partition by order_id order by business_date rows between unbounded preceding and current row
        ) as amount
    from {{ ref('int_order_cash_events') }}

),

-- Cash of an order settles what it shipped by the part that was shipped in the period.
by_owner as (

    select
        shipped.period_type,
        shipped.period_start,
        {{ owner_columns('orders') }},
        sum(shipped.amount) as shipped_with_tax_amount,
        sum({{ money('cash.amount * shipped.amount / nullif(orders.contract_amount, 0)') }}) as shipped_settled_amount,
        count(*) as activity_count
    from shipped
    inner join orders
        on shipped.order_id = orders.order_id
    left join cash_to_date as cash
        on shipped.order_id = cash.order_id
        and shipped.cutoff > cash.valid_from
        and shipped.cutoff <= cash.valid_to
    group by shipped.period_type, shipped.period_start, {{ owner_columns('orders') }}

),

shipped_by_period as (

    {{ period_rows('by_owner', ['shipped_with_tax_amount', 'shipped_settled_amount', 'activity_count']) }}

)

select * from shipped_by_period
