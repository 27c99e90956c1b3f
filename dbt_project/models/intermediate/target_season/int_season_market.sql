-- The market and the own share in the last whole year before the season whose size and growth are known.
select
    seasons.target_year,
    market.period_start,
    market.market_amount,
    market.source,
    {{ growth('market.matched_market_amount', 'market.matched_before_market_amount') }} as market_growth_rate,
    {{ rate('market.covered_sales_amount', 'market.market_amount') }} as share_rate
from {{ ref('int_season_years') }} as seasons
inner join {{ ref('int_market_by_cell') }} as market
    on market.period_type = 'year' and market.period_start < seasons.year_start
where market.segment = 'all' and market.territory_id = 'all'
    and market.matched_before_market_amount > 0 and market.covered_sales_amount > 0
qualify row_number() over (partition by seasons.target_year order by market.period_start desc) = 1
