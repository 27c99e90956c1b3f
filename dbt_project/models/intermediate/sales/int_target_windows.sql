{% set end_of_running_month = 'cast(' ~ dbt.dateadd('month', 1, dbt.date_trunc('month', as_of())) ~ ' as date)' %}

with periods as (

    select * from {{ ref('dim_period') }}
    where has_begun

),

-- The target to date of a year that runs is that of the months that have begun: the running month counts whole.
windows as (

    select period_type, period_start, 'target' as kind, period_start as first_day, period_end as end_day
    from periods
    union all
    select period_type, period_start, 'ytd_target', ytd_start, least(period_end, {{ end_of_running_month }})
    from periods
    union all
    select period_type, period_start, 'year_target', ytd_start, year_end
    from periods

)

select
    *,
    {{ dbt.datediff('first_day', 'end_day', 'day') }} as days
from windows
