with lines as (

    select * from {{ ref('int_order_lines') }}
    where quantity >= 0

),

deliveries as (

    select * from {{ ref('int_deliveries') }}

),

-- A line without deliveries was shipped whole, on the day that the order export tells.
shipments as (

    select order_id, line_number, quantity, shipped_on, coalesce(delivered_on, shipped_on) as arrived_on, delivered_on is null as is_under_way
    from deliveries
    union all
    select lines.order_id, lines.line_number, lines.quantity, lines.shipped_on, lines.shipped_on, false
    from lines
    left join deliveries
        on lines.order_id = deliveries.order_id
        and lines.line_number = deliveries.line_number
    where lines.shipped_on is not null
        and deliveries.order_id is null

),

summed as (

    select
        lines.order_id,
        lines.line_number,
        sum(case when shipments.quantity > 0 then shipments.quantity else 0 end) as shipped_quantity,
        - sum(case when shipments.quantity < 0 then shipments.quantity else 0 end) as returned_quantity,
        min(case when shipments.quantity >= 0 then shipments.shipped_on end) as first_shipped_on,
        max(case when shipments.quantity >= 0 then shipments.shipped_on end) as last_shipped_on,
        sum(case when shipments.quantity > 0
            then shipments.quantity * {{ dbt.datediff('lines.business_date', 'shipments.shipped_on', 'day') }} end
        ) as shipped_quantity_days,
        sum(case when shipments.quantity > 0 and not shipments.is_under_way
            and shipments.arrived_on <= {{ add_days('lines.promised_on', 'rules.on_time_tolerance_days') }}
            then shipments.quantity else 0 end
        ) as on_time_quantity
    from lines
    inner join shipments
        on lines.order_id = shipments.order_id
        and lines.line_number = shipments.line_number
    left join {{ source('rulebook', 'order_to_cash') }} as rules
        on {{ in_force('rules', 'lines.business_date') }}
    group by lines.order_id, lines.line_number

)

select * from summed
