with cells as (

    select * from {{ ref('int_cells') }}

),

markets as (

    select * from {{ ref('int_market_by_cell') }}

),

joined as (

    select
        {{ cell_columns('cells') }},
        {{ money('coalesce(sales.sales_amount, 0)') }} as sales_amount,
        markets.period_start is not null as has_source,
        coalesce(markets.is_given, false) as is_given,
        cells.is_latest_with_source,
        {{ money('markets.market_amount') }} as market_amount,
        {{ money('coalesce(markets.covered_sales_amount, 0)') }} as covered_sales_amount,
        {{ rate('markets.covered_sales_amount', 'markets.market_amount') }} as share_rate,
        {{ money('before.market_amount') }} as prior_year_market_amount,
        {{ money('before.covered_sales_amount') }} as prior_year_covered_sales_amount,
        {{ rate('before.covered_sales_amount', 'before.market_amount') }} as prior_year_share_rate,
        {{ money('markets.largest_competitor_amount') }} as largest_competitor_amount,
        {{ rate('markets.covered_sales_amount', 'markets.largest_competitor_amount') }} as relative_share_rate,
        cast(markets.market_quantity as decimal(18, 4)) as market_quantity,
        cast(markets.covered_quantity as decimal(18, 4)) as covered_quantity,
        {{ rate('markets.covered_quantity', 'markets.market_quantity') }} as volume_share_rate,
        {{ rate('before.covered_quantity', 'before.market_quantity') }} as prior_year_volume_share_rate,
        markets.source,
        markets.published_on
    from cells
    left join {{ ref('int_segment_sums') }} as sales
        on {{ same_cell('cells', 'sales') }}
    left join markets
        on {{ same_cell('cells', 'markets') }}
    left join markets as before
        on cells.period_type = before.period_type
        and cells.prior_year_start = before.period_start
        and cells.segment = before.segment
        and cells.territory_id = before.territory_id

),

final as (

    select
        {{ cell_columns('joined') }},
        sales_amount,
        has_source,
        is_given,
        is_latest_with_source,
        market_amount,
        covered_sales_amount,
        {{ rate('covered_sales_amount', 'sales_amount') }} as coverage_rate,
        share_rate,
        prior_year_market_amount,
        prior_year_covered_sales_amount,
        prior_year_share_rate,
        cast(share_rate - prior_year_share_rate as decimal(18, 6)) as share_change,
        largest_competitor_amount,
        relative_share_rate,
        market_quantity,
        covered_quantity,
        volume_share_rate,
        prior_year_volume_share_rate,
        cast(volume_share_rate - prior_year_volume_share_rate as decimal(18, 6)) as volume_share_change,
        source,
        published_on
    from joined

)

select * from final
