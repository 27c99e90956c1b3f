with competitors as (

    select competitor_id, name, name_en from {{ ref('dim_competitor') }}
    union all
    select 'any', '任一竞争对手', 'Any competitor'
    union all
    select 'none', '未填竞争对手', 'None named'

),

final as (

    select
        sums.org_unit_id,
        units.org_level,
        units.is_leaf,
        sums.period_type,
        sums.period_start,
        periods.period_label,
        periods.period_state,
        sums.competitor_id,
        coalesce(competitors.name, sums.competitor_id) as competitor_name,
        coalesce(competitors.name_en, sums.competitor_id) as competitor_name_en,
        cast(sums.met_count as bigint) as met_count,
        {{ money('sums.met_amount') }} as met_amount,
        cast(sums.shared_count as bigint) as shared_count,
        cast(sums.open_count as bigint) as open_count,
        cast(sums.won_count as bigint) as won_count,
        cast(sums.lost_count as bigint) as lost_count,
        cast(sums.won_count + sums.lost_count as bigint) as closed_count,
        {{ rate('sums.won_count', 'sums.won_count + sums.lost_count') }} as win_rate,
        {{ money('sums.won_amount') }} as won_amount,
        {{ money('sums.lost_amount') }} as lost_amount,
        {{ rate('sums.won_amount', 'sums.won_amount + sums.lost_amount') }} as win_value_rate,
        {% for prefix in ['prior_', 'prior_year_'] %}
        {% for name in ['won_count', 'lost_count'] %}
        case when periods.{{ prefix }}start is not null then cast(sums.{{ prefix }}{{ name }} as bigint) end as {{ prefix }}{{ name }},
        {% endfor %}
        {{ rate('sums.' ~ prefix ~ 'won_count', 'sums.' ~ prefix ~ 'won_count + sums.' ~ prefix ~ 'lost_count') }} as {{ prefix }}win_rate,
        {% endfor %}
        cast(sums.mention_count as bigint) as mention_count,
        case when periods.prior_start is not null then cast(sums.prior_mention_count as bigint) end as prior_mention_count,
        cast(sums.move_count as bigint) as move_count,
        moves.last_move_on,
        moves.last_move_theme,
        moves.last_move_feedback_id,
        cast(sums.price_pair_count as bigint) as price_pair_count,
        {{ money('sums.own_price_amount') }} as own_price_amount,
        {{ money('sums.competitor_price_amount') }} as competitor_price_amount,
        {{ rate('sums.own_price_amount', 'sums.competitor_price_amount') }} as price_index_rate,
        {{ rate('sums.own_price_amount - sums.competitor_price_amount', 'sums.competitor_price_amount') }} as price_gap_rate
    from {{ ref('int_competitor_by_period') }} as sums
    inner join {{ ref('dim_org_unit') }} as units
        on sums.org_unit_id = units.org_unit_id
    inner join {{ ref('dim_period') }} as periods
        on sums.period_type = periods.period_type
        and sums.period_start = periods.period_start
    left join competitors
        on sums.competitor_id = competitors.competitor_id
    left join {{ ref('int_competitor_moves') }} as moves
        on sums.org_unit_id = moves.org_unit_id
        and sums.competitor_id = moves.competitor_id
        and sums.period_type = moves.period_type
        and sums.period_start = moves.period_start

)

select * from final
