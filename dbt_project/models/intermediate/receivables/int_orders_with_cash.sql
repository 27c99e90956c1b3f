with line_totals as (

    select order_id, sum(net_amount) as net_amount
    from {{ ref('stg_order_lines') }}
    group by order_id

),

orders as (

    select
        orders.order_id,
        orders.ordered_on,
        orders.customer_id,
        orders.employee_id,
        {{ money('orders.gross_amount * rates.rate') }} as contract_amount,
        orders.gross_amount * rates.rate / nullif(line_totals.net_amount, 0) as gross_factor
    from {{ ref('stg_orders') }} as orders
    left join line_totals
        on orders.order_id = line_totals.order_id
    inner join {{ ref('int_exchange_rates') }} as rates
        on orders.currency = rates.currency
        and orders.ordered_on >= rates.valid_from
        and orders.ordered_on < rates.valid_to
    where orders.status = 'confirmed'
        and orders.gross_amount is not null
        and orders.ordered_on <= {{ as_of() }}

)

select * from orders
