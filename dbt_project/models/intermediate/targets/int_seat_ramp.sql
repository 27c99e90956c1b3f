with periods as (

    select period_start, period_end from {{ ref('dim_period') }}
    where has_begun
    union
    select period_start, period_end from {{ ref('int_targets') }}
    where owner_kind = 'employee' and period_end < {{ far_day() }}

),

seats as (

    select owner_id as employee_id, valid_from, valid_to
    from {{ ref('int_owner_validity') }}
    where owner_kind = 'employee'

),

of_people as (

    select
        periods.period_start,
        periods.period_end,
        seats.employee_id,
        employees.hired_on,
        seats.valid_from,
        seats.valid_to
    from periods
    inner join seats
        on periods.period_start < seats.valid_to
        and periods.period_end > seats.valid_from
    left join {{ ref('stg_employees') }} as employees
        on seats.employee_id = employees.employee_id

),

days as (

    select
        of_people.employee_id,
        of_people.period_start,
        of_people.period_end,
        coalesce(ramp.ramp_rate, 1) as share
    from of_people
    inner join {{ ref('dim_date') }} as days
        on days.day >= greatest(of_people.period_start, of_people.valid_from)
        and days.day < least(of_people.period_end, of_people.valid_to)
    left join {{ source('rulebook', 'target_ramp') }} as ramp
        on ramp.tenure_month = {{ tenure_month('of_people.hired_on', 'days.day') }}
        and {{ in_force('ramp', 'days.day') }}

)

select
    employee_id,
    period_start,
    period_end,
    {{ dbt.datediff('period_start', 'period_end', 'day') }} as days,
    count(*) as seat_days,
    cast(sum(share) as decimal(28, 6)) as ramped_days
from days
group by employee_id, period_start, period_end
