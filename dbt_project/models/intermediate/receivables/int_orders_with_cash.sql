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
        {{ owner_unit('orders.employee_id', 'orders.ordered_on') }} as org_unit_id,
        orders.gross_amount as contract_amount,
        orders.gross_amount / nullif(line_totals.net_amount, 0) as gross_factor
    from {{ ref('stg_orders') }} as orders
    left join line_totals
        on orders.order_id = line_totals.order_id
    where orders.status = 'confirmed'
        and orders.gross_amount is not null
        and orders.ordered_on <= {{ as_of() }}

)

select * from orders
