with items as (

    select
        *,
        -- In both periods, and sold: an item that was only returned has no price.
        product_id <> 'none' and quantity > 0 and before_quantity > 0 as is_in_both
    from {{ ref('int_item_periods') }}

),

-- Quantities add up within one unit of measure only.
groups as (

    select
        period_type,
        period_start,
        territory_id,
        segment,
        unit_of_measure,
        sum(amount) as amount,
        sum(before_amount) as before_amount,
        sum(listed_amount) as listed_amount,
        sum(list_value) as list_value,
        sum(case when is_in_both then amount else 0 end) as amount_of_both,
        sum(case when is_in_both then before_amount else 0 end) as before_amount_of_both,
        sum(case when is_in_both then quantity else 0 end) as quantity_of_both,
        sum(case when is_in_both then before_quantity else 0 end) as before_quantity_of_both,
        -- Each quotient becomes a decimal before it is added: a sum of doubles would depend on the order of the rows.
        sum(cast(case when is_in_both
            then cast(before_amount as double) * cast(quantity as double) / cast(before_quantity as double)
            else 0 end as decimal(28, 8))) as at_old_prices
    from items
    group by period_type, period_start, territory_id, segment, unit_of_measure

),

effects as (

    select
        *,
        cast(coalesce(cast(before_amount_of_both as double) * cast(quantity_of_both as double)
            / nullif(cast(before_quantity_of_both as double), 0), 0) as decimal(28, 8)) as at_old_mix
    from groups

),

with_the_whole as (

    select *, segment as cell_segment from effects
    union all
    select *, 'all' from effects

),

cells as (

    select
        period_type,
        period_start,
        cell_segment as segment,
        territory_id,
        {{ money('sum(amount)') }} as booked_amount,
        {{ money('sum(before_amount)') }} as prior_year_booked_amount,
        {{ money('sum(amount_of_both - at_old_prices)') }} as price_effect_amount,
        {{ money('sum(at_old_mix - before_amount_of_both)') }} as volume_effect_amount,
        {{ money('sum(at_old_prices - at_old_mix)') }} as mix_effect_amount,
        {{ money('sum(amount - amount_of_both)') }} as new_item_amount,
        {{ money('sum(before_amount_of_both - before_amount)') }} as discontinued_item_amount,
        {{ rate('sum(amount_of_both)', 'sum(at_old_prices)') }} as price_index_rate,
        {{ money('sum(list_value)') }} as list_value_amount,
        {{ money('sum(listed_amount)') }} as listed_booked_amount,
        {{ rate('sum(listed_amount)', 'sum(list_value)') }} as realised_price_rate,
        {{ rate('sum(list_value) - sum(listed_amount)', 'sum(list_value)') }} as discount_rate
    from with_the_whole
    group by period_type, period_start, cell_segment, territory_id

)

select * from cells
