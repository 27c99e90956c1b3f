-- The market and the own share in the last period before the season, the year if there is one, whose size and growth are
-- known.
select
    seasons.target_year,
    periods.period_label,
    market.market_amount,
    market.source,
    {{ growth('market.matched_market_amount', 'market.matched_before_market_amount') }} as market_growth_rate,
    {{ rate('market.covered_sales_amount', 'market.market_amount') }} as share_rate
from {{ ref('int_season_years') }} as seasons
inner join {{ ref('int_market_by_cell') }} as market
    on market.period_start < seasons.year_start
inner join {{ ref('int_periods') }} as periods
    on market.period_type = periods.period_type and market.period_start = periods.period_start
where market.segment = 'all' and market.territory_id = 'all'
    and market.period_type in ('quarter', 'half', 'year')
    and market.matched_before_market_amount > 0 and market.covered_sales_amount > 0
qualify row_number() over (
    partition by seasons.target_year order by periods.period_end desc, market.period_start, periods.period_label
) = 1
