with lines as (

    select
        order_lines.order_id,
        coalesce(products.product_line, '') as product_line,
        sum(order_lines.net_amount) as net_amount
    from {{ ref('stg_order_lines') }} as order_lines
    left join {{ ref('stg_products') }} as products
        on order_lines.product_id = products.product_id
    group by order_lines.order_id, coalesce(products.product_line, '')

),

running as (

    select
        order_id,
        nullif(product_line, '') as product_line,
        net_amount,
        sum(net_amount) over (
            partition by order_id order by product_line rows between unbounded preceding and current row
        ) as running_amount,
        sum(net_amount) over (partition by order_id) as order_amount
    from lines

)

select
    order_id,
    product_line,
    cast((running_amount - net_amount) / nullif(order_amount, 0) as decimal(18, 12)) as share_from,
    cast(running_amount / nullif(order_amount, 0) as decimal(18, 12)) as share_to
from running
where order_amount != 0
