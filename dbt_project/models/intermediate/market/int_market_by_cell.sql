with parts as (

    select
        parts.*,
        periods.prior_year_start
    from {{ ref('int_market_parts') }} as parts
    inner join {{ ref('dim_period') }} as periods
        on parts.period_type = periods.period_type
        and parts.period_start = periods.period_start

),

beside_last_year as (

    select
        parts.*,
        before.market_amount as before_market_amount,
        before.sales_amount as before_sales_amount,
        before.period_start is not null as is_matched
    from parts
    left join parts as before
        on parts.cell_territory_id = before.cell_territory_id
        and parts.period_type = before.period_type
        and parts.prior_year_start = before.period_start
        and parts.segment = before.segment
        and parts.territory_id = before.territory_id

),

with_the_whole as (

    select *, segment as cell_segment from beside_last_year
    union all
    select *, 'all' from beside_last_year

),

cells as (

    select
        period_type,
        period_start,
        cell_segment as segment,
        cell_territory_id as territory_id,
        sum(market_amount) as market_amount,
        sum(sales_amount) as covered_sales_amount,
        case when count(market_quantity) = count(*) then sum(market_quantity) end as market_quantity,
        case when count(market_quantity) = count(*) then sum(sales_quantity) end as covered_quantity,
        min(territory_id) = cell_territory_id and cell_segment <> 'all' as is_given,
        case when min(territory_id) = cell_territory_id and cell_segment <> 'all' then max(largest_competitor_amount) end
            as largest_competitor_amount,
        case when min(source) = max(source) then min(source) else min(source) || '; ' || max(source) end as source,
        max(published_on) as published_on,
        sum(case when is_matched then market_amount end) as matched_market_amount,
        sum(before_market_amount) as matched_before_market_amount,
        sum(case when is_matched then sales_amount end) as matched_sales_amount,
        sum(before_sales_amount) as matched_before_sales_amount
    from with_the_whole
    group by period_type, period_start, cell_segment, cell_territory_id

)

select * from cells
