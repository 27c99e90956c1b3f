with years as (

    select business_year, period_start, period_end from {{ ref('int_periods') }}
    where period_type = 'year'

),

last_full_year as (

    select max(period_end) as ended_on from years
    where period_end <= {{ add_days(as_of(), 1) }}

),

-- Of months only those count that are over.
running_month as (

    select month_start from {{ ref('dim_date') }}
    where day = {{ add_days(as_of(), 1) }}

),

-- Targets are set for the year that runs and for the next one.
seasons as (

    select
        years.business_year as target_year,
        years.period_start as year_start,
        years.period_end as year_end,
        rules.growth_from,
        rules.growth_years,
        case
            when rules.growth_from = 'last_full_year' then least(years.period_start, last_full_year.ended_on)
            else least(years.period_start, running_month.month_start)
        end as base_end
    from years
    cross join last_full_year
    cross join running_month
    inner join {{ source('rulebook', 'target_basis') }} as rules
        on {{ in_force('rules', 'years.period_start') }}
    where years.period_end > {{ as_of() }}

)

select
    cast(target_year as integer) as target_year,
    year_start,
    year_end,
    growth_from,
    growth_years,
    {{ years_before('base_end', 1) }} as base_start,
    base_end
from seasons
