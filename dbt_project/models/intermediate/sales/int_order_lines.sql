with orders as (

    select
        orders.*,
        {{ credited_unit('sellers') }}
    from {{ ref('stg_orders') }} as orders
    left join {{ ref('int_seller_units') }} as sellers
        on orders.employee_id = sellers.employee_id
        and orders.ordered_on >= sellers.valid_from
        and orders.ordered_on < sellers.valid_to
    where orders.status = 'confirmed'
        and orders.ordered_on <= {{ as_of() }}
        and {{ outside_the_group('orders') }}

),

lines as (

    select
        lines.order_id,
        lines.line_number,
        orders.ordered_on as business_date,
        orders.customer_id,
        orders.employee_id,
        orders.org_unit_id,
        orders.unit_since,
        coalesce(orders.territory_id, customers.territory_id) as territory_id,
        orders.channel,
        lines.product_id,
        products.product_line,
        products.unit_of_measure,
        lines.quantity,
        orders.currency,
        rates.rate as exchange_rate,
        {{ converted('lines.net_amount', 'rates.rate', 6) }} as net_amount,
        coalesce(
            {{ converted('lines.cost_amount', 'rates.rate', 4) }},
            cast(cast(lines.quantity as decimal(28, 4)) * products.standard_cost_amount as decimal(18, 4))
        ) as cost_amount,
        case when lines.shipped_on <= {{ as_of() }} then lines.shipped_on end as shipped_on,
        lines.promised_on,
        lines._file,
        lines._line
        {{- extra_columns('orders', 'orders') }}
        {{- extra_columns('order_lines', 'lines') }}
    from {{ ref('stg_order_lines') }} as lines
    inner join orders
        on lines.order_id = orders.order_id
    left join {{ ref('stg_customers') }} as customers
        on orders.customer_id = customers.customer_id
    left join {{ ref('stg_products') }} as products
        on lines.product_id = products.product_id
    left join {{ ref('int_exchange_rates') }} as rates
        on orders.currency = rates.currency
        and orders.ordered_on >= rates.valid_from
        and orders.ordered_on < rates.valid_to

)

select * from lines
