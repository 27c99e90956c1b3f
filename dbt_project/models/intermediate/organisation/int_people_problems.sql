with employees as (

    select * from {{ ref('stg_employees') }}

),

leavers as (

    select employee_id, left_on from employees
    where left_on <= {{ as_of() }}

),

placed as (

    select distinct employee_id from {{ ref('int_positions') }}
    where valid_from <= {{ as_of() }} and valid_to > {{ as_of() }}

),

last_seats as (

    select employee_id, max(valid_to) as valid_to
    from {{ ref('int_positions') }}
    where valid_to <= {{ as_of() }}
    group by employee_id

),

-- An assignment without an end lasts until the next one; only a stated end can overlap.
stated as (

    select
        employee_id,
        org_unit_id,
        valid_from,
        valid_to,
        lead(valid_from) over (partition by employee_id order by valid_from) as next_from
    from {{ ref('stg_employee_assignments') }}

),

problems as (

    select
        'person_without_unit' as problem,
        employees.employee_id,
        greatest(employees.hired_on, coalesce(last_seats.valid_to, employees.hired_on)) as since,
        cast(null as bigint) as item_count,
        cast(null as decimal(18, 2)) as amount
    from employees
    left join placed
        on employees.employee_id = placed.employee_id
    left join last_seats
        on employees.employee_id = last_seats.employee_id
    where placed.employee_id is null
        and coalesce(employees.hired_on, {{ first_day() }}) <= {{ as_of() }}
        and coalesce(employees.left_on, {{ far_day() }}) > {{ as_of() }}
        and exists (select 1 from {{ ref('stg_employee_assignments') }})
    union all
    select 'two_assignments', employee_id, max(next_from), count(*), null
    from stated
    where next_from < valid_to
    group by employee_id
    union all
    select 'leaver_owns_opportunities', leavers.employee_id, leavers.left_on, count(*), sum(opportunities.amount)
    from leavers
    inner join {{ ref('fct_opportunities') }} as opportunities
        on leavers.employee_id = opportunities.employee_id
    where opportunities.status = 'open'
    group by leavers.employee_id, leavers.left_on
    union all
    select 'leaver_owns_customers', leavers.employee_id, leavers.left_on, count(*), null
    from leavers
    inner join {{ ref('stg_customers') }} as customers
        on leavers.employee_id = customers.employee_id
    group by leavers.employee_id, leavers.left_on
    union all
    select 'leaver_owns_receivables', leavers.employee_id, leavers.left_on, count(*), sum(items.open_amount)
    from leavers
    inner join {{ ref('fct_open_items') }} as items
        on leavers.employee_id = items.employee_id
    where items.is_now
    group by leavers.employee_id, leavers.left_on

)

select * from problems
