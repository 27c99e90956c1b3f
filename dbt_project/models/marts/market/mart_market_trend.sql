{% set effects = ['price_effect_amount', 'volume_effect_amount', 'mix_effect_amount', 'new_item_amount', 'discontinued_item_amount'] %}
with joined as (

    select
        {{ cell_columns('cells') }},
        cells.is_latest_with_source,
        {{ money('coalesce(sales.sales_amount, 0)') }} as sales_amount,
        case when cells.prior_start is not null then {{ money('coalesce(sales.prior_sales_amount, 0)') }} end
            as prior_sales_amount,
        case when cells.prior_year_start is not null then {{ money('coalesce(sales.prior_year_sales_amount, 0)') }} end
            as prior_year_sales_amount,
        {{ money('markets.market_amount') }} as market_amount,
        {{ money('before.market_amount') }} as prior_year_market_amount,
        {{ growth('markets.matched_market_amount', 'markets.matched_before_market_amount') }} as market_growth_rate,
        {{ growth('markets.matched_sales_amount', 'markets.matched_before_sales_amount') }} as covered_growth_rate,
        coalesce(mix.booked_amount, 0) as booked_amount,
        case when cells.prior_year_start is not null then coalesce(mix.prior_year_booked_amount, 0) end
            as prior_year_booked_amount,
        {% for name in effects %}
        case when cells.prior_year_start is not null then coalesce(mix.{{ name }}, 0) end as {{ name }},
        {% endfor %}
        mix.price_index_rate,
        mix.list_value_amount,
        mix.listed_booked_amount,
        mix.realised_price_rate,
        mix.discount_rate
    from {{ ref('int_cells') }} as cells
    left join {{ ref('int_segment_sums') }} as sales
        on {{ same_cell('cells', 'sales') }}
    left join {{ ref('int_market_by_cell') }} as markets
        on {{ same_cell('cells', 'markets') }}
    left join {{ ref('int_market_by_cell') }} as before
        on cells.period_type = before.period_type
        and cells.prior_year_start = before.period_start
        and cells.segment = before.segment
        and cells.territory_id = before.territory_id
    left join {{ ref('int_price_volume_mix') }} as mix
        on {{ same_cell('cells', 'mix') }}

),

final as (

    select
        {{ cell_columns('joined') }},
        sales_amount,
        prior_sales_amount,
        {{ growth('sales_amount', 'prior_sales_amount') }} as prior_growth_rate,
        prior_year_sales_amount,
        {{ growth('sales_amount', 'prior_year_sales_amount') }} as growth_rate,
        market_amount,
        prior_year_market_amount,
        market_growth_rate,
        covered_growth_rate,
        cast(covered_growth_rate - market_growth_rate as decimal(18, 6)) as growth_gap,
        is_latest_with_source,
        booked_amount,
        prior_year_booked_amount,
        {% for name in effects %}
        {{ name }},
        {% endfor %}
        price_index_rate,
        list_value_amount,
        listed_booked_amount,
        realised_price_rate,
        discount_rate
    from joined

)

select * from final
