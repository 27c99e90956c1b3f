with months as (

    select period_label, period_start, cutoff, {{ day_before('cutoff') }} as last_day
    from {{ ref('dim_period') }}
    where period_type = 'month' and has_begun

),

plans as (

    select
        plans.org_unit_id,
        plans.role,
        months.period_start,
        months.cutoff,
        months.last_day,
        plans.planned_count,
        plans.actual_count
    from {{ ref('stg_headcount_plans') }} as plans
    inner join months
        on plans.period_label = months.period_label

),

people_by_day as (

    select
        plans.org_unit_id,
        plans.role,
        plans.period_start,
        days.day,
        plans.planned_count,
        count(positions.employee_id) as people
    from plans
    inner join {{ ref('dim_date') }} as days
        on days.day >= plans.period_start
        and days.day < plans.cutoff
    left join {{ ref('int_positions') }} as positions
        on plans.org_unit_id = positions.own_unit_id
        and plans.role in (positions.role, positions.job_title)
        and days.day >= positions.valid_from
        and days.day < positions.valid_to
    group by plans.org_unit_id, plans.role, plans.period_start, days.day, plans.planned_count

),

-- A person too many in one unit fills no seat of another.
vacancies as (

    select
        people_by_day.org_unit_id,
        people_by_day.role,
        people_by_day.period_start,
        sum(greatest(people_by_day.planned_count - people_by_day.people, 0)) as vacancy_days,
        max(case when people_by_day.day = months.last_day then people_by_day.people end) as filled_count
    from people_by_day
    inner join months
        on people_by_day.period_start = months.period_start
    group by people_by_day.org_unit_id, people_by_day.role, people_by_day.period_start

),

final as (

    select
        plans.org_unit_id,
        plans.role,
        plans.period_start,
        plans.last_day,
        plans.planned_count,
        plans.actual_count as stated_count,
        vacancies.filled_count,
        vacancies.vacancy_days
    from plans
    inner join vacancies
        on plans.org_unit_id = vacancies.org_unit_id
        and plans.role = vacancies.role
        and plans.period_start = vacancies.period_start

)

select * from final
