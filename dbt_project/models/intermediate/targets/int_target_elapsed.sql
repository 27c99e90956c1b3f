with periods as (

    select distinct period_start, period_end from {{ ref('int_targets') }}

),

counted as (

    select
        periods.period_start,
        periods.period_end,
        count(*) as days,
        sum(case when days.day <= {{ as_of() }} then 1 else 0 end) as days_gone,
        sum(case when days.is_workday then 1 else 0 end) as work_days,
        sum(case when days.is_workday and days.day <= {{ as_of() }} then 1 else 0 end) as work_days_gone
    from periods
    inner join {{ ref('dim_date') }} as days
        on days.day >= periods.period_start
        and days.day < periods.period_end
    group by periods.period_start, periods.period_end

)

select
    counted.*,
    counted.work_days - counted.work_days_gone as work_days_left,
    case when policy.elapsed_by = 'calendar_days' then counted.days_gone else counted.work_days_gone end as elapsed_days,
    case when policy.elapsed_by = 'calendar_days' then counted.days else counted.work_days end as elapsed_days_of
from counted
left join {{ source('rulebook', 'target_policy') }} as policy
    on {{ in_force('policy', 'counted.period_start') }}
