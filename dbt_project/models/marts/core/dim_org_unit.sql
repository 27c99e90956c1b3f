with units as (

    select * from {{ ref('int_org_units') }}

),

-- The version in force on the as-of date, else the last one.
current_version as (

    select *
    from units
    qualify row_number() over (
        partition by org_unit_id
        order by case when valid_from <= {{ as_of() }} then 0 else 1 end, valid_from desc
    ) = 1

),

parents as (

    select distinct parent_org_unit_id from units

),

depths as (

    select descendant_id as org_unit_id, max(distance) as depth
    from {{ ref('dim_org_unit_closure') }}
    group by descendant_id

),

final as (

    select
        units.org_unit_id,
        units.name,
        coalesce(units.name_en, units.name) as name_en,
        units.org_level,
        units.parent_org_unit_id,
        parents.parent_org_unit_id is null as is_leaf,
        cast(depths.depth as integer) as depth,
        cast(row_number() over (
            order by depths.depth, units.org_level in ('direct', 'unassigned'), units.org_unit_id
        ) as integer) as sort_order,
        units.manager_employee_id,
        units.valid_from,
        units.valid_to
    from current_version as units
    left join parents
        on units.org_unit_id = parents.parent_org_unit_id
    left join depths
        on units.org_unit_id = depths.org_unit_id

)

select * from final
