with yearly as (

    select
        now.target_year, now.owner_kind, now.owner_id, now.metric, now.years_back, now.amount,
        case when now.amount > 0 and now.is_whole then before.amount end as before_amount
    from {{ ref('int_season_history') }} as now
    left join {{ ref('int_season_history') }} as before
        on now.target_year = before.target_year and now.owner_kind = before.owner_kind and now.owner_id = before.owner_id
        and now.metric = before.metric and now.years_back + 1 = before.years_back
        and before.is_whole and before.amount > 0

),

-- Growth counts back from the base as far as every year is whole.
unbroken as (

    select *, sum(case when before_amount is null then 1 else 0 end) over (
        partition by target_year, owner_kind, owner_id, metric order by years_back
    ) as gaps
    from yearly

)

select
    target_year,
    owner_kind,
    owner_id,
    metric,
    max(case when years_back = 0 then amount end) as base_amount,
    cast(sum(case when gaps = 0 then 1 else 0 end) as integer) as growth_years,
    min(case when gaps = 0 then {{ rate('amount', 'before_amount') }} end) - 1 as low_rate,
    cast(power(
        cast(max(case when years_back = 0 then amount end) as double)
            / cast(arg_max(case when gaps = 0 then before_amount end, case when gaps = 0 then years_back end) as double),
        1.0 / sum(case when gaps = 0 then 1 end)) as decimal(18, 6)) - 1 as middle_rate,
    max(case when gaps = 0 then {{ rate('amount', 'before_amount') }} end) - 1 as high_rate
from unbroken
group by target_year, owner_kind, owner_id, metric
