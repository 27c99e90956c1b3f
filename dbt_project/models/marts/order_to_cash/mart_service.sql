with spine as (

    {{ units_by_period(ref('int_service_cases')) }}

),

periods as (

    select * from {{ ref('dim_period') }}
    where has_begun

),

cases as (

    {{ with_units_above(ref('int_service_cases')) }}

),

opened as (

    select
        cases.above_id as org_unit_id,
        periods.period_type,
        periods.period_start,
        {{ service_sums() }}
    from cases
    inner join periods
        on {{ happened_in('cases.opened_on') }}
    group by 1, 2, 3

),

unresolved as (

    select
        cases.above_id as org_unit_id,
        periods.period_type,
        periods.period_start,
        count(*) as open_count,
        count(case when {{ add_days('resolve_by', 1) }} < cutoff then 1 end) as overdue_count
    from cases
    inner join periods
        on {{ stood_at_the_end('cases.opened_on', 'cases.resolved_on') }}
    group by 1, 2, 3

)

select
    spine.*,
    {{ service_columns('opened') }},
    {{ rate('opened.reopened_case_count', 'opened.opened_count') }} as reopened_rate,
    cast(coalesce(unresolved.open_count, 0) as bigint) as open_count,
    cast(coalesce(unresolved.overdue_count, 0) as bigint) as overdue_count
from spine
left join opened
    on {{ of_unit_and_period('opened') }}
left join unresolved
    on {{ of_unit_and_period('unresolved') }}
