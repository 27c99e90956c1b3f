with line_totals as (

    select order_id, sum(net_amount) as net_amount
    from {{ ref('stg_order_lines') }}
    group by order_id

),

invoices as (

    select order_id, original_net_amount, original_gross_amount
    from {{ ref('int_invoices_in_company_currency') }}
    where status = 'confirmed'
        and invoiced_on <= {{ as_of() }}

),

tax_of_orders as (

    select order_id, sum(original_gross_amount) / nullif(sum(original_net_amount), 0) as factor
    from invoices
    group by order_id

),

tax_of_company as (

    select sum(original_gross_amount) / nullif(sum(original_net_amount), 0) as factor
    from invoices

),

-- An order that does not state its amount with tax bears the tax of its invoices, before the first that of all.
taxed as (

    select
        orders.order_id,
        orders.ordered_on,
        orders.customer_id,
        orders.employee_id,
        orders.currency,
        line_totals.net_amount,
        coalesce(
            orders.gross_amount,
            coalesce(orders.net_amount, line_totals.net_amount) * coalesce(tax_of_orders.factor, tax_of_company.factor)
        ) as gross_amount
    from {{ ref('stg_orders') }} as orders
    left join line_totals
        on orders.order_id = line_totals.order_id
    left join tax_of_orders
        on orders.order_id = tax_of_orders.order_id
    cross join tax_of_company
    where orders.status = 'confirmed'
        and orders.ordered_on <= {{ as_of() }}
        and {{ outside_the_group('orders') }}

),

orders as (

    select
        taxed.order_id,
        taxed.ordered_on,
        taxed.customer_id,
        taxed.employee_id,
        {{ credited_unit('sellers') }},
        {{ converted('taxed.gross_amount', 'rates.rate') }} as contract_amount,
        taxed.gross_amount * rates.rate / nullif(taxed.net_amount, 0) as gross_factor
    from taxed
    inner join {{ ref('int_exchange_rates') }} as rates
        on taxed.currency = rates.currency
        and taxed.ordered_on >= rates.valid_from
        and taxed.ordered_on < rates.valid_to
    left join {{ ref('int_seller_units') }} as sellers
        on taxed.employee_id = sellers.employee_id
        and taxed.ordered_on >= sellers.valid_from
        and taxed.ordered_on < sellers.valid_to
    where taxed.gross_amount is not null

)

select * from orders
