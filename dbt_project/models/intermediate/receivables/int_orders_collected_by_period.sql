with periods as (

    select * from {{ ref('dim_period') }}
    where has_begun

),

orders as (

    select * from {{ ref('int_orders_with_cash') }}

),

contracted as (

    select
        periods.period_type,
        periods.period_start,
        orders.order_id,
        'contract_amount' as measure,
        orders.contract_amount as amount
    from orders
    inner join periods
        on orders.ordered_on >= periods.period_start
        and orders.ordered_on < periods.cutoff

),

contract_cash as (

    select
        periods.period_type,
        periods.period_start,
        cash.order_id,
        'contract_collected_amount' as measure,
        sum(cash.amount) as amount
    from {{ ref('int_order_cash_events') }} as cash
    inner join periods
        on cash.business_date >= periods.period_start
        and cash.business_date < periods.cutoff
    group by periods.period_type, periods.period_start, cash.order_id

),

shipped as (

    select
        periods.period_type,
        periods.period_start,
        periods.cutoff,
        orders.order_id,
        orders.contract_amount,
        {{ money('sum(lines.net_amount * orders.gross_factor)') }} as amount
    from {{ ref('stg_order_lines') }} as lines
    inner join orders
        on lines.order_id = orders.order_id
    inner join periods
        on lines.shipped_on >= periods.period_start
        and lines.shipped_on < periods.cutoff
    group by 1, 2, 3, 4, 5

),

shipped_cash as (

    select
        shipped.period_type,
        shipped.period_start,
        shipped.order_id,
        'shipped_settled_amount' as measure,
        {{ money('sum(cash.amount) * shipped.amount / nullif(shipped.contract_amount, 0)') }} as amount
    from shipped
    inner join {{ ref('int_order_cash_events') }} as cash
        on shipped.order_id = cash.order_id
        and cash.business_date < shipped.cutoff
    group by shipped.period_type, shipped.period_start, shipped.order_id, shipped.amount, shipped.contract_amount

),

measured as (

    select * from contracted
    union all
    select * from contract_cash
    union all
    select period_type, period_start, order_id, 'shipped_with_tax_amount' as measure, amount from shipped
    union all
    select * from shipped_cash

)

select * from measured
