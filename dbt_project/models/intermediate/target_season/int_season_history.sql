with windows as (

    select
        seasons.target_year,
        back.years_back,
        {{ years_before('seasons.base_start', 'back.years_back') }} as first_day,
        {{ years_before('seasons.base_end', 'back.years_back') }} as end_day
    from {{ ref('int_season_years') }} as seasons
    inner join (select unnest(generate_series(0, 10)) as years_back) as back
        on back.years_back <= seasons.growth_years

),

results as (

    select owner_kind, owner_id, measure as metric, business_date, amount
    from {{ ref('int_results_by_owner') }}
    where measure in ('{{ season_metrics() | join("', '") }}')

),

-- In the first year of the data every customer is new: it tells nothing of growth.
first_days as (

    select
        firsts.metric,
        cast({{ dbt.dateadd('year', "case when firsts.metric = 'new_customer_count' then 1 else 0 end", 'days.month_start') }} as date)
            as first_day
    from (select metric, min(business_date) as day from results group by metric) as firsts
    inner join {{ ref('dim_date') }} as days
        on firsts.day = days.day

),

owners as (

    select owner_kind, owner_id, min(valid_from) as valid_from
    from {{ ref('int_owner_validity') }}
    group by owner_kind, owner_id

),

sums as (

    select
        windows.target_year, windows.years_back, windows.first_day, results.owner_kind, results.owner_id, results.metric,
        sum(results.amount) as amount
    from windows
    inner join results
        on results.business_date >= windows.first_day and results.business_date < windows.end_day
    group by
        windows.target_year, windows.years_back, windows.first_day, results.owner_kind, results.owner_id, results.metric

)

select
    sums.target_year,
    sums.owner_kind,
    sums.owner_id,
    sums.metric,
    sums.years_back,
    {{ money('sums.amount') }} as amount,
    first_days.first_day <= sums.first_day and coalesce(owners.valid_from <= sums.first_day, true) as is_whole
from sums
inner join first_days on sums.metric = first_days.metric
left join owners on sums.owner_kind = owners.owner_kind and sums.owner_id = owners.owner_id
