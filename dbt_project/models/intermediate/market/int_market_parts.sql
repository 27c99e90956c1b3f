with sources as (

    select * from {{ ref('int_market_sources') }}

),

closure as (

    select ancestor_id, descendant_id from {{ ref('int_territory_closure') }}

),

within as (

    select closure.ancestor_id as cell_territory_id, sources.*
    from sources
    inner join closure
        on sources.territory_id = closure.descendant_id

),

-- A size within another that is given too would count twice.
hidden as (

    select distinct
        inner_one.cell_territory_id, inner_one.period_type, inner_one.period_start, inner_one.segment, inner_one.territory_id
    from within as inner_one
    inner join within as outer_one
        on inner_one.cell_territory_id = outer_one.cell_territory_id
        and inner_one.period_type = outer_one.period_type
        and inner_one.period_start = outer_one.period_start
        and inner_one.segment = outer_one.segment
        and inner_one.territory_id <> outer_one.territory_id
    inner join closure
        on outer_one.territory_id = closure.ancestor_id
        and inner_one.territory_id = closure.descendant_id

),

parts as (

    select within.*
    from within
    left join hidden
        on within.cell_territory_id = hidden.cell_territory_id
        and within.period_type = hidden.period_type
        and within.period_start = hidden.period_start
        and within.segment = hidden.segment
        and within.territory_id = hidden.territory_id
    where hidden.segment is null

),

with_sales as (

    select
        parts.cell_territory_id,
        parts.period_type,
        parts.period_start,
        parts.segment,
        parts.territory_id,
        parts.amount as market_amount,
        parts.quantity as market_quantity,
        parts.largest_competitor_amount,
        parts.source,
        parts.published_on,
        coalesce(sales.sales_amount, 0) as sales_amount,
        case when parts.quantity is not null then coalesce(sales.order_quantity, 0) end as sales_quantity
    from parts
    left join {{ ref('int_segment_sums') }} as sales
        on {{ same_cell('parts', 'sales') }}

)

select * from with_sales
