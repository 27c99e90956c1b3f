with line_totals as (

    select order_id, sum(net_amount) as net_amount
    from {{ ref('stg_order_lines') }}
    group by order_id

),

compared as (

    select
        orders.order_id,
        orders.ordered_on,
        orders.customer_id,
        orders.employee_id,
        orders._file,
        orders._line,
        orders.net_amount as expected_amount,
        coalesce(line_totals.net_amount, 0) as actual_amount
    from {{ ref('stg_orders') }} as orders
    left join line_totals
        on orders.order_id = line_totals.order_id
    where orders.status = 'confirmed'
        and orders.net_amount is not null
        and orders.ordered_on <= {{ as_of() }}

)

select * from compared
