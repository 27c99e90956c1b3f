with periods as (

    select * from {{ ref('dim_period') }}
    where has_begun

),

running_month as (

    select period_end as ends_on from {{ ref('dim_period') }}
    where period_type = 'month'
        and {{ as_of() }} >= period_start
        and {{ as_of() }} < period_end

),

-- The target to date of a year that runs is that of the months that have begun: the running month counts whole.
windows as (

    select period_type, period_start, 'target' as kind, period_start as first_day, period_end as end_day
    from periods
    union all
    select period_type, period_start, 'ytd_target', ytd_start, least(period_end, running_month.ends_on)
    from periods
    cross join running_month
    union all
    select period_type, period_start, 'year_target', ytd_start, year_end
    from periods

)

select
    *,
    {{ dbt.datediff('first_day', 'end_day', 'day') }} as days
from windows
