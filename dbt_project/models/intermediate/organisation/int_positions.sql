with assignments as (

    select * from {{ ref('int_employee_assignments') }}

),

sellers as (

    select * from {{ ref('int_seller_units') }}

),

direct_leaves as (

    select distinct org_unit_id, parent_org_unit_id from {{ ref('int_org_units') }}
    where org_level = 'direct'

),

-- Whom an exit shows, has left, even if nobody ended the assignment.
positions as (

    select
        sellers.employee_id,
        sellers.org_unit_id,
        coalesce(direct_leaves.parent_org_unit_id, sellers.org_unit_id) as own_unit_id,
        assignments.role,
        employees.job_title,
        sellers.valid_from as unit_since,
        greatest(sellers.valid_from, coalesce(employees.hired_on, sellers.valid_from)) as valid_from,
        least(sellers.valid_to, coalesce(employees.left_on, sellers.valid_to)) as valid_to
    from sellers
    inner join assignments
        on sellers.employee_id = assignments.employee_id
        and sellers.valid_from >= assignments.valid_from
        and sellers.valid_from < assignments.valid_to
    left join direct_leaves
        on sellers.org_unit_id = direct_leaves.org_unit_id
    left join {{ ref('stg_employees') }} as employees
        on sellers.employee_id = employees.employee_id

)

select * from positions
where valid_from < valid_to
