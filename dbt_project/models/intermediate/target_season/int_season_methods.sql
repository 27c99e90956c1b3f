with owners as (

    select owners.target_year, owners.owner_kind, owners.owner_id, metrics.metric,
        metrics.metric <> 'new_customer_count' as is_money
    from {{ ref('int_season_owners') }} as owners
    cross join (select unnest(['{{ season_metrics() | join("', '") }}']) as metric) as metrics

),

based as (

    select owners.*, growth.base_amount, growth.growth_years, growth.low_rate, growth.middle_rate, growth.high_rate,
        seasons.base_start, seasons.base_end
    from owners
    inner join {{ ref('int_season_years') }} as seasons on owners.target_year = seasons.target_year
    left join {{ ref('int_season_growth') }} as growth
        on owners.target_year = growth.target_year and owners.owner_kind = growth.owner_kind
        and owners.owner_id = growth.owner_id and owners.metric = growth.metric

),

base_reasons as (

    select *, case when base_amount > 0 then null else 'no_history' end as base_reason,
        strftime(base_start, '%Y-%m') || '…' || strftime({{ add_days('base_end', -1) }}, '%Y-%m') as base_label
    from based

),

history as (

    select
        target_year, owner_kind, owner_id, metric, 'history_growth' as method,
        coalesce(base_reason, case when growth_years = 0 then 'no_growth' end) as reason,
        base_amount as base_value,
        base_amount * {{ factor('1 + low_rate') }} as low_value,
        base_amount * {{ factor('1 + middle_rate') }} as middle_value,
        base_amount * {{ factor('1 + high_rate') }} as high_value,
        base_label || '实际 ' || {{ told_number('base_amount') }} || ' × ' || {{ told_rate('1 + middle_rate') }}
            || '；' || growth_years || ' 年的年均增长，各年 ' || {{ told_rate('low_rate') }} || ' 至 ' || {{ told_rate('high_rate') }} as note_zh,
        'actual of ' || base_label || ' ' || {{ told_number('base_amount') }} || ' × ' || {{ told_rate('1 + middle_rate') }}
            || '; mean yearly growth, n = ' || growth_years || ', ' || {{ told_rate('low_rate') }} || ' to ' || {{ told_rate('high_rate') }} as note_en
    from base_reasons

),

-- Whoever holds the share that he has grows with the market; a higher share of the company is won in every place alike.
market as (

    select
        based.target_year, based.owner_kind, based.owner_id, based.metric, 'market_growth' as method,
        case
            when not based.is_money then 'not_money'
            when market.target_year is null then 'no_market'
            else based.base_reason
        end as reason,
        based.base_amount as base_value,
        based.base_amount * {{ factor('(1 + market.market_growth_rate) * (1 + rules.share_goal_low / market.share_rate)') }} as low_value,
        based.base_amount * {{ factor('(1 + market.market_growth_rate) * (1 + rules.share_goal_middle / market.share_rate)') }} as middle_value,
        based.base_amount * {{ factor('(1 + market.market_growth_rate) * (1 + rules.share_goal_high / market.share_rate)') }} as high_value,
        based.base_label || '实际 ' || {{ told_number('based.base_amount') }} || ' × ' || market.period_label || ' 市场增长 ' || {{ told_rate('market.market_growth_rate') }}
            || ' × 份额由 ' || {{ told_rate('market.share_rate') }} || ' 至 ' || {{ told_rate('market.share_rate + rules.share_goal_middle') }}
            || coalesce('；来源 ' || market.source, '') as note_zh,
        'actual of ' || based.base_label || ' ' || {{ told_number('based.base_amount') }} || ' × market growth of ' || market.period_label || ', ' || {{ told_rate('market.market_growth_rate') }}
            || ' × share from ' || {{ told_rate('market.share_rate') }} || ' to ' || {{ told_rate('market.share_rate + rules.share_goal_middle') }}
            || coalesce('; source ' || market.source, '') as note_en
    from base_reasons as based
    inner join {{ ref('int_season_years') }} as seasons on based.target_year = seasons.target_year
    inner join {{ source('rulebook', 'target_basis') }} as rules on {{ in_force('rules', 'seasons.year_start') }}
    left join {{ ref('int_season_market') }} as market on based.target_year = market.target_year

),

capacity as (

    select
        owners.target_year, owners.owner_kind, owners.owner_id, owners.metric, 'capacity' as method,
        case
            when seats.filled_seats + seats.open_seats = 0 then 'no_seats'
            when full_seats.quota is null then 'no_full_seat'
        end as reason,
        full_seats.quota * {{ factor('seats.filled_seats + seats.open_seats * rules.planned_seat_rate') }} as base_value,
        full_seats.quota * {{ factor('(seats.filled_seats + seats.open_seats * rules.planned_seat_rate) * rules.attainment_low') }} as low_value,
        full_seats.quota * {{ factor('(seats.filled_seats + seats.open_seats * rules.planned_seat_rate) * rules.attainment_middle') }} as middle_value,
        full_seats.quota * {{ factor('(seats.filled_seats + seats.open_seats * rules.planned_seat_rate) * rules.attainment_high') }} as high_value,
        seats.filled_seats || ' 个在岗席位、' || seats.open_seats || ' 个待补席位 × 定额 ' || {{ told_number('full_seats.quota') }}
            || ' × 预计达成 ' || {{ told_rate('rules.attainment_middle') }} as note_zh,
        seats.filled_seats || ' filled seats and ' || seats.open_seats || ' to fill × quota ' || {{ told_number('full_seats.quota') }}
            || ' × expected attainment ' || {{ told_rate('rules.attainment_middle') }} as note_en
    from owners
    inner join {{ ref('int_season_years') }} as seasons on owners.target_year = seasons.target_year
    inner join {{ source('rulebook', 'target_basis') }} as rules on {{ in_force('rules', 'seasons.year_start') }}
    inner join {{ ref('int_season_seats') }} as seats
        on owners.target_year = seats.target_year and owners.owner_id = seats.owner_id
    left join {{ ref('int_season_full_seats') }} as full_seats
        on owners.target_year = full_seats.target_year and owners.metric = full_seats.metric

),

methods as (

    select * from history
    union all
    select * from market
    union all
    select * from capacity

)

select
    target_year, owner_kind, owner_id, metric, method, reason,
    case when reason is null then {{ money('base_value') }} end as base_value,
    case when reason is null then {{ money('low_value') }} end as low_value,
    case when reason is null then {{ money('middle_value') }} end as middle_value,
    case when reason is null then {{ money('high_value') }} end as high_value,
    case when reason is null then note_zh end as note_zh,
    case when reason is null then note_en end as note_en
from methods
