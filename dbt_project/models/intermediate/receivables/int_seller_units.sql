with assignments as (

    select * from {{ ref('int_employee_assignments') }}

),

roots as (

    select org_unit_id from {{ ref('dim_org_unit') }}
    where parent_org_unit_id is null

),

-- Only while the unit hangs below the company: else its results would be nobody's.
under_the_company as (

    select
        assignments.employee_id,
        assignments.org_unit_id,
        greatest(assignments.valid_from, closure.valid_from) as valid_from,
        least(assignments.valid_to, closure.valid_to) as valid_to
    from assignments
    inner join {{ ref('dim_org_unit_closure') }} as closure
        on assignments.org_unit_id = closure.descendant_id
        and assignments.valid_from < closure.valid_to
        and assignments.valid_to > closure.valid_from
    inner join roots
        on closure.ancestor_id = roots.org_unit_id

)

select * from under_the_company
