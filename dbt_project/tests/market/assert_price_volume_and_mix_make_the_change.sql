-- Lists cells in which price, volume, mix, new and discontinued items do not make the change of bookings (C9).
select period_type, period_start, segment, territory_id
from {{ ref('mart_market_trend') }}
where abs(
    price_effect_amount + volume_effect_amount + mix_effect_amount + new_item_amount + discontinued_item_amount
    - (booked_amount - prior_year_booked_amount)
) > 0.05
