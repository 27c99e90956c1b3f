with employees as (

    select * from {{ ref('stg_employees') }}

),

assignments as (

    select * from {{ ref('int_employee_assignments') }}
    qualify row_number() over (
        partition by employee_id
        order by case when valid_from <= {{ as_of() }} then 0 else 1 end, valid_from desc
    ) = 1

),

final as (

    select
        employees.employee_id,
        employees.name,
        coalesce(employees.name_en, employees.name) as name_en,
        employees.email,
        employees.job_title,
        assignments.org_unit_id,
        assignments.territory_id,
        assignments.role,
        employees.hired_on,
        employees.left_on,
        employees.left_on is null or employees.left_on > {{ as_of() }} as is_employed
        {{- extra_columns('employees', 'employees') }}
    from employees
    left join assignments
        on employees.employee_id = assignments.employee_id

)

select * from final
