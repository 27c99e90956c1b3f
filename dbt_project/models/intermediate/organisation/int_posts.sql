with units as (

    select * from {{ ref('int_org_units') }}

),

-- Who manages a unit, holds its post even when assigned elsewhere.
held as (

    select employee_id, own_unit_id as org_unit_id, role, valid_from, valid_to
    from {{ ref('int_positions') }}
    union
    select
        units.manager_employee_id,
        units.org_unit_id,
        'manager',
        greatest(units.valid_from, coalesce(employees.hired_on, units.valid_from)),
        least(units.valid_to, coalesce(employees.left_on, units.valid_to))
    from units
    inner join {{ ref('stg_employees') }} as employees
        on units.manager_employee_id = employees.employee_id

),

posts as (

    select
        held.employee_id,
        held.org_unit_id,
        units.org_level,
        held.role,
        employees.job_title,
        greatest(held.valid_from, units.valid_from) as valid_from,
        least(held.valid_to, units.valid_to) as valid_to
    from held
    inner join units
        on held.org_unit_id = units.org_unit_id
        and held.valid_from < units.valid_to
        and held.valid_to > units.valid_from
    left join {{ ref('stg_employees') }} as employees
        on held.employee_id = employees.employee_id

)

select * from posts
where valid_from < valid_to
