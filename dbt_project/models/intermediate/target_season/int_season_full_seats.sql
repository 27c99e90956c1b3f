with last_year as (

    select target_year, metric, avg(prior_set_value) as quota
    from {{ ref('int_season_set_targets') }}
    where owner_kind = 'employee' and is_prior_whole and prior_set_value > 0
    group by target_year, metric

),

ruled as (

    select seasons.target_year, rules.metric, rules.quota
    from {{ ref('int_season_years') }} as seasons
    inner join {{ source('rulebook', 'full_seats') }} as rules
        on {{ in_force('rules', 'seasons.year_start') }}

)

select
    coalesce(ruled.target_year, last_year.target_year) as target_year,
    coalesce(ruled.metric, last_year.metric) as metric,
    {{ money('coalesce(ruled.quota, last_year.quota)') }} as quota,
    ruled.quota is not null as is_ruled
from ruled
full join last_year on ruled.target_year = last_year.target_year and ruled.metric = last_year.metric
