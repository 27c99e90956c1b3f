with targets as (

    select targets.owner_kind, targets.owner_id, targets.metric, targets.period_type, targets.version, targets.approved_on,
        targets.target_value, seasons.target_year, seasons.year_start, seasons.year_end,
        {{ dbt.datediff('targets.period_start', 'targets.period_end', 'day') }} as days,
        targets.period_start < seasons.year_start as is_before
    from {{ ref('int_targets') }} as targets
    inner join {{ ref('int_season_years') }} as seasons
        on targets.period_start >= {{ years_before('seasons.year_start', 1) }}
        and targets.period_end <= seasons.year_end
        and (targets.period_end <= seasons.year_start or targets.period_start >= seasons.year_start)
    where targets.product_line is null and targets.territory_id is null and targets.customer_id is null
        and targets.owner_kind in ('org_unit', 'employee')

),

-- The year's target itself, else its months.
summed as (

    select target_year, year_start, year_end, owner_kind, owner_id, metric, is_before, period_type,
        sum(target_value) as target_value, max(version) as version, min(approved_on) as approved_on, sum(days) as days
    from targets
    group by target_year, year_start, year_end, owner_kind, owner_id, metric, is_before, period_type
    qualify row_number() over (
        partition by target_year, owner_kind, owner_id, metric, is_before order by sum(days) desc, count(*), period_type
    ) = 1

)

select
    target_year,
    owner_kind,
    owner_id,
    metric,
    max(case when not is_before then {{ money('target_value') }} end) as set_value,
    max(case when not is_before then version end) as version,
    max(case when not is_before then approved_on end) as approved_on,
    max(case when is_before then {{ money('target_value') }} end) as prior_set_value,
    coalesce(max(case when is_before then days end)
        >= max({{ dbt.datediff(years_before('year_start', 1), 'year_start', 'day') }}), false) as is_prior_whole
from summed
group by target_year, owner_kind, owner_id, metric
