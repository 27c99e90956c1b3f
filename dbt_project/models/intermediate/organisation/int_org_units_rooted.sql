with source_units as (

    select
        org_unit_id,
        parent_org_unit_id,
        name,
        name_en,
        org_level,
        manager_employee_id,
        valid_from,
        -- Of two versions on one day the later one counts, or the results of that day would count twice.
        least(
            coalesce(valid_to, {{ far_day() }}),
            coalesce(lead(valid_from) over (partition by org_unit_id order by valid_from), {{ far_day() }})
        ) as valid_to
    from {{ ref('stg_org_units') }}

),

roots as (

    select count(distinct org_unit_id) as root_count, min(org_unit_id) as root_id
    from source_units
    where parent_org_unit_id is null

),

-- A company without an organisation, or with several trees, gets one root above them all.
made_root as (

    select
        'company' as org_unit_id,
        cast(null as varchar) as parent_org_unit_id,
        company.name_zh as name,
        company.name_en,
        'company' as org_level,
        cast(null as varchar) as manager_employee_id,
        {{ first_day() }} as valid_from,
        {{ far_day() }} as valid_to
    from {{ source('meta', 'company') }} as company
    cross join roots
    where roots.root_count <> 1

),

rooted as (

    select
        units.org_unit_id,
        coalesce(units.parent_org_unit_id, case when roots.root_count <> 1 then 'company' end) as parent_org_unit_id,
        units.name,
        units.name_en,
        units.org_level,
        units.manager_employee_id,
        case when units.parent_org_unit_id is null
            and row_number() over (partition by units.org_unit_id order by units.valid_from) = 1
            then {{ first_day() }} else units.valid_from
        end as valid_from,
        units.valid_to
    from source_units as units
    cross join roots
    union all
    select * from made_root

)

select * from rooted
