with periods as (

    select period_type, period_start, {{ day_before('cutoff') }} as last_day
    from {{ ref('dim_period') }}
    where has_begun and period_type <> 'week'

),

days as (

    select distinct last_day from periods

),

people as (

    select days.last_day, positions.employee_id, positions.own_unit_id
    from days
    inner join {{ ref('int_positions') }} as positions
        on days.last_day >= positions.valid_from
        and days.last_day < positions.valid_to

),

units as (

    select days.last_day, units.org_unit_id, units.parent_org_unit_id, units.manager_employee_id
    from days
    inner join {{ ref('int_org_units') }} as units
        on days.last_day >= units.valid_from
        and days.last_day < units.valid_to

),

-- Everybody reports to the manager of the own unit, and a manager to that of the unit above.
lines as (

    select
        people.last_day,
        people.employee_id,
        case when units.manager_employee_id = people.employee_id then above.org_unit_id else units.org_unit_id end
            as managed_unit_id,
        case when units.manager_employee_id = people.employee_id then above.manager_employee_id else units.manager_employee_id end
            as manager_employee_id
    from people
    inner join units
        on people.own_unit_id = units.org_unit_id
        and people.last_day = units.last_day
    left join units as above
        on units.parent_org_unit_id = above.org_unit_id
        and units.last_day = above.last_day

),

rolled_up as (

    select
        closure.ancestor_id as org_unit_id,
        lines.last_day,
        count(*) as report_count,
        count(distinct lines.manager_employee_id) as manager_count
    from lines
    inner join {{ ref('dim_org_unit_closure') }} as closure
        on lines.managed_unit_id = closure.descendant_id
        and lines.last_day >= closure.valid_from
        and lines.last_day < closure.valid_to
    where lines.manager_employee_id <> lines.employee_id
    group by closure.ancestor_id, lines.last_day

)

select
    rolled_up.org_unit_id,
    periods.period_type,
    periods.period_start,
    rolled_up.report_count,
    rolled_up.manager_count
from rolled_up
inner join periods
    on rolled_up.last_day = periods.last_day
