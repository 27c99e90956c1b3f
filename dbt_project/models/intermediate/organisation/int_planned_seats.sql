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

    select org_unit_id, role, period_start, sum(greatest(planned_count - people, 0)) as vacancy_days
    from people_by_day
    group by org_unit_id, role, period_start

),

final as (

    select
        plans.org_unit_id,
        plans.role,
        plans.period_start,
        plans.last_day,
        plans.planned_count,
        plans.actual_count as stated_count,
        vacancies.vacancy_days
    from plans
    inner join vacancies
        on plans.org_unit_id = vacancies.org_unit_id
        and plans.role = vacancies.role
        and plans.period_start = vacancies.period_start

)

select * from final
