with links as (

    select opportunity_id, order_id from {{ ref('int_sales_contracts') }}
    where opportunity_id is not null and order_id is not null
    union
    select opportunity_id, order_id from {{ ref('int_quotes') }}
    where opportunity_id is not null and order_id is not null and outcome = 'ordered'

),

-- An order counts for one deal only.
owned as (

    select order_id, min(opportunity_id) as opportunity_id
    from links
    group by order_id

),

orders as (

    select
        order_id,
        min(ordered_on) as ordered_on,
        sum(net_amount) as ordered_amount,
        case when count(*) = count(last_shipped_on) then max(last_shipped_on) end as shipped_on
    from {{ ref('int_order_line_progress') }}
    group by order_id

),

invoices as (

    select order_id, min(invoiced_on) as invoiced_on, sum(net_amount) as invoiced_amount, sum(gross_amount) as invoiced_gross_amount
    from {{ ref('int_invoices_in_company_currency') }}
    where status = 'confirmed'
        and invoiced_on <= {{ as_of() }}
    group by order_id

),

cash as (

    select order_id, max(business_date) as collected_on, sum(amount) as collected_amount
    from {{ ref('int_order_cash_events') }}
    group by order_id

)

select
    owned.opportunity_id,
    count(*) as order_count,
    min(orders.ordered_on) as ordered_on,
    {{ money('sum(orders.ordered_amount)') }} as ordered_amount,
    case when count(*) = count(orders.shipped_on) then max(orders.shipped_on) end as shipped_on,
    min(invoices.invoiced_on) as invoiced_on,
    {{ money('coalesce(sum(invoices.invoiced_amount), 0)') }} as invoiced_amount,
    {{ money('coalesce(sum(invoices.invoiced_gross_amount), 0)') }} as invoiced_gross_amount,
    max(cash.collected_on) as collected_on,
    {{ money('coalesce(sum(cash.collected_amount), 0)') }} as collected_amount
from owned
inner join orders
    on owned.order_id = orders.order_id
left join invoices
    on owned.order_id = invoices.order_id
left join cash
    on owned.order_id = cash.order_id
group by owned.opportunity_id
