{% set whole = 'over (partition by cells.period_type, cells.period_start, cells.territory_id)' %}
with joined as (

    select
        {{ cell_columns('cells') }},
        {{ money('coalesce(sales.sales_amount, 0)') }} as sales_amount,
        {{ rate('sales.sales_amount', "max(case when cells.segment = 'all' then sales.sales_amount end) " ~ whole) }} as sales_share_rate,
        case when cells.prior_year_start is not null then {{ money('coalesce(sales.prior_year_sales_amount, 0)') }} end
            as prior_year_sales_amount,
        {{ rate('sales.prior_year_sales_amount', "max(case when cells.segment = 'all' then sales.prior_year_sales_amount end) " ~ whole) }}
            as prior_year_sales_share_rate,
        shares.market_amount,
        shares.share_rate as market_share_rate,
        shares.share_change as market_share_change,
        {{ money('coalesce(sales.booked_amount, 0)') }} as booked_amount,
        {{ money('coalesce(sales.gross_margin_amount, 0)') }} as gross_margin_amount,
        cast(coalesce(customers.customer_count, 0) as bigint) as customer_count,
        case when cells.prior_year_start is not null then cast(coalesce(customers.prior_year_customer_count, 0) as bigint) end
            as prior_year_customer_count,
        cast(coalesce(closings.won_count, 0) as bigint) as won_count,
        cast(coalesce(closings.lost_count, 0) as bigint) as lost_count,
        {{ money('coalesce(closings.won_amount, 0)') }} as won_amount
    from {{ ref('int_cells') }} as cells
    left join {{ ref('int_segment_sums') }} as sales
        on {{ same_cell('cells', 'sales') }}
    left join {{ ref('mart_market_share') }} as shares
        on {{ same_cell('cells', 'shares') }}
    left join {{ ref('int_segment_customers') }} as customers
        on {{ same_cell('cells', 'customers') }}
    left join {{ ref('int_segment_closings') }} as closings
        on {{ same_cell('cells', 'closings') }}

),

final as (

    select
        {{ cell_columns('joined') }},
        sales_amount,
        sales_share_rate,
        prior_year_sales_amount,
        prior_year_sales_share_rate,
        cast(sales_share_rate - prior_year_sales_share_rate as decimal(18, 6)) as sales_share_change,
        {{ growth('sales_amount', 'prior_year_sales_amount') }} as growth_rate,
        market_amount,
        market_share_rate,
        market_share_change,
        booked_amount,
        gross_margin_amount,
        {{ rate('gross_margin_amount', 'booked_amount') }} as gross_margin_rate,
        customer_count,
        prior_year_customer_count,
        won_count,
        lost_count,
        {{ rate('won_count', 'won_count + lost_count') }} as win_rate,
        won_amount
    from joined

)

select * from final
