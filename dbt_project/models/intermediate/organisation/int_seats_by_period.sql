with periods as (

    select period_type, period_start, cutoff, {{ day_before('cutoff') }} as last_day
    from {{ ref('dim_period') }}
    where has_begun and period_type <> 'week'

),

-- The seats of a month hang where their unit hangs on the last day of it.
rolled_up as (

    select
        closure.ancestor_id as org_unit_id,
        seats.role,
        seats.period_start as month_start,
        seats.planned_count,
        seats.stated_count,
        seats.filled_count,
        seats.vacancy_days
    from {{ ref('int_planned_seats') }} as seats
    inner join {{ ref('dim_org_unit_closure') }} as closure
        on seats.org_unit_id = closure.descendant_id
        and seats.last_day >= closure.valid_from
        and seats.last_day < closure.valid_to

),

both_kinds as (

    select * from rolled_up
    union all
    select org_unit_id, 'all', month_start, planned_count, stated_count, filled_count, vacancy_days from rolled_up

),

-- A quarter has the seats of its last month that has begun, and the vacancies of all.
final as (

    select
        both_kinds.org_unit_id,
        both_kinds.role,
        periods.period_type,
        periods.period_start,
        {% for measure in ['planned_count', 'stated_count', 'filled_count'] %}
        sum(case when both_kinds.month_start >= {{ dbt.dateadd('month', -1, 'periods.cutoff') }}
            then both_kinds.{{ measure }} end) as {{ measure }},
        {% endfor %}
        sum(both_kinds.vacancy_days) as vacancy_days
    from both_kinds
    inner join periods
        on both_kinds.month_start >= periods.period_start
        and both_kinds.month_start < periods.cutoff
    group by both_kinds.org_unit_id, both_kinds.role, periods.period_type, periods.period_start

)

select * from final
