with lines as (

    select
        lines.order_id,
        lines.line_number,
        lines.business_date as ordered_on,
        lines.promised_on,
        lines.customer_id,
        lines.employee_id,
        lines.org_unit_id,
        lines.unit_since,
        lines.product_id,
        lines.quantity,
        {{ money('lines.net_amount') }} as net_amount,
        coalesce(shipments.shipped_quantity, 0) as shipped_quantity,
        coalesce(shipments.returned_quantity, 0) as returned_quantity,
        greatest(coalesce(shipments.shipped_quantity - shipments.returned_quantity, 0), 0) as kept_quantity,
        coalesce(shipments.on_time_quantity, 0) as on_time_quantity,
        shipments.first_shipped_on,
        case when shipments.shipped_quantity >= lines.quantity then shipments.last_shipped_on end as last_shipped_on,
        shipments.shipped_quantity_days / nullif(shipments.shipped_quantity, 0) as order_to_ship_days
    from {{ ref('int_order_lines') }} as lines
    left join {{ ref('int_order_line_shipments') }} as shipments
        on lines.order_id = shipments.order_id
        and lines.line_number = shipments.line_number
    where lines.quantity >= 0

),

-- Invoices name orders, not lines: they are laid against lines in the order in which these were shipped.
laid as (

    select
        lines.*,
        shipping.is_supplied,
        sum(cast(lines.net_amount as decimal(28, 6))) over (
            partition by lines.order_id
            order by lines.last_shipped_on nulls last, lines.line_number
            rows between unbounded preceding and current row
        ) as running_amount
    from lines
    cross join {{ ref('int_shipping_supplied') }} as shipping

),

-- A few cents that rounding left open keep no line open.
covered as (

    select
        laid.order_id,
        laid.line_number,
        min(case when settlements.kind = 'invoiced' then settlements.business_date end) as invoiced_on,
        min(case when settlements.kind = 'paid' then settlements.business_date end) as paid_on
    from laid
    inner join {{ ref('int_order_settlements') }} as settlements
        on laid.order_id = settlements.order_id
        and settlements.running_amount >= laid.running_amount - 0.05
    where laid.last_shipped_on is not null or not laid.is_supplied
    group by laid.order_id, laid.line_number

),

final as (

    select
        laid.*,
        covered.invoiced_on,
        case when covered.paid_on is not null and covered.invoiced_on is not null then greatest(covered.paid_on, covered.invoiced_on) end as paid_on,
        case
            when laid.shipped_quantity > 0 and laid.kept_quantity = 0 then 'returned'
            when covered.paid_on is not null and covered.invoiced_on is not null then 'paid'
            when covered.invoiced_on is not null then 'invoiced'
            when laid.last_shipped_on is not null then 'shipped'
            when laid.first_shipped_on is not null then 'partly_shipped'
            else 'ordered'
        end as stands_at
    from laid
    left join covered
        on laid.order_id = covered.order_id
        and laid.line_number = covered.line_number

)

select
    *,
    {{ dbt.datediff('last_shipped_on', 'invoiced_on', 'day') }} as ship_to_invoice_days,
    {{ dbt.datediff('invoiced_on', 'paid_on', 'day') }} as invoice_to_cash_days,
    {{ dbt.datediff('ordered_on', 'paid_on', 'day') }} as order_to_cash_days
from final
