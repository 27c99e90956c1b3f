with rooted as (

    select * from {{ ref('int_org_units_rooted') }}

),

top as (

    select distinct org_unit_id from rooted
    where parent_org_unit_id is null

),

parents as (

    select distinct parent_org_unit_id as org_unit_id
    from rooted
    where parent_org_unit_id is not null

),

-- Results of people who sit in a unit that has units below it, so that leaves add up to the whole.
direct_leaves as (

    select distinct
        assignments.org_unit_id || '/direct' as org_unit_id,
        assignments.org_unit_id as parent_org_unit_id,
        '直属' as name,
        'Direct' as name_en,
        'direct' as org_level,
        cast(null as varchar) as manager_employee_id,
        {{ first_day() }} as valid_from,
        {{ far_day() }} as valid_to
    from {{ ref('stg_employee_assignments') }} as assignments
    inner join parents
        on assignments.org_unit_id = parents.org_unit_id

),

unassigned_leaf as (

    select
        'unassigned' as org_unit_id,
        org_unit_id as parent_org_unit_id,
        '未分配' as name,
        'Unassigned' as name_en,
        'unassigned' as org_level,
        cast(null as varchar) as manager_employee_id,
        {{ first_day() }} as valid_from,
        {{ far_day() }} as valid_to
    from top

),

all_units as (

    select * from rooted
    union all
    select * from direct_leaves
    union all
    select * from unassigned_leaf

)

select * from all_units
