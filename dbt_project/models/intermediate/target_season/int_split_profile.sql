with rules as (

    select seasons.target_year, seasons.base_end, rules.metric, rules.history_years, rules.month_of_year, rules.share_rate
    from {{ ref('int_season_years') }} as seasons
    inner join {{ source('rulebook', 'seasonality') }} as rules
        on {{ in_force('rules', 'seasons.year_start') }}

),

top as (

    select owner_id from {{ ref('int_season_owners') }} where parent_id is null
    group by owner_id

),

-- What each month of the company's year brought in the years that the profile looks back.
history as (

    select rules.target_year, rules.metric, rules.month_of_year, greatest(sum(results.amount), 0) as amount
    from rules
    inner join {{ ref('int_periods') }} as months
        on months.period_type = 'month' and months.ordinal = rules.month_of_year
        and months.period_start >= {{ years_before('rules.base_end', 'rules.history_years') }}
        and months.period_end <= rules.base_end
    inner join {{ ref('int_results_by_owner') }} as results
        on results.owner_kind = 'org_unit' and results.owner_id in (select owner_id from top)
        and results.measure = rules.metric
        and results.business_date >= months.period_start and results.business_date < months.period_end
    group by rules.target_year, rules.metric, rules.month_of_year

),

weighed as (

    select
        rules.target_year, rules.metric, rules.month_of_year,
        coalesce(rules.share_rate, history.amount, 0) as weight,
        sum(coalesce(rules.share_rate, history.amount, 0)) over (partition by rules.target_year, rules.metric) as total
    from rules
    left join history
        on rules.target_year = history.target_year and rules.metric = history.metric
        and rules.month_of_year = history.month_of_year

)

-- Without a history all months are alike.
select
    plans.plan,
    weighed.target_year,
    weighed.metric,
    weighed.month_of_year as month,
    cast(case when total > 0 then weight / total else 1.0 / 12 end as decimal(18, 9)) as share
from weighed
inner join (select distinct plan, target_year, metric from {{ ref('int_split_owners') }}) as plans
    on weighed.target_year = plans.target_year and weighed.metric = plans.metric
