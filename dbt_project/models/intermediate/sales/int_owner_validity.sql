with employees as (

    select
        'employee' as owner_kind,
        assignments.employee_id as owner_id,
        assignments.valid_from,
        least(assignments.valid_to, coalesce(employees.left_on, {{ far_day() }})) as valid_to
    from {{ ref('int_employee_assignments') }} as assignments
    left join {{ ref('stg_employees') }} as employees
        on assignments.employee_id = employees.employee_id

),

units as (

    select 'org_unit' as owner_kind, org_unit_id as owner_id, valid_from, valid_to
    from {{ ref('int_org_units') }}

),

owners as (

    select * from employees
    union all
    select * from units

)

select * from owners
where valid_from < valid_to
