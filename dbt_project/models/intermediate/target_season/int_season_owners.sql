with seasons as (

    select target_year, year_start from {{ ref('int_season_years') }}

),

units as (

    select
        seasons.target_year, 'org_unit' as owner_kind, units.org_unit_id as owner_id, units.parent_org_unit_id as parent_id,
        units.sort_order as place, units.name, units.name_en
    from {{ ref('dim_org_unit') }} as units
    inner join seasons on units.valid_to > seasons.year_start
    where units.org_level not in ('direct', 'unassigned')

),

sellers as (

    select
        seasons.target_year,
        'employee' as owner_kind,
        people.employee_id as owner_id,
        replace(people.org_unit_id, '/direct', '') as parent_id,
        0 as place,
        people.name,
        people.name_en
    from {{ ref('dim_employee') }} as people
    inner join seasons on coalesce(people.left_on, {{ far_day() }}) > seasons.year_start
    where people.role = 'seller' and people.is_employed

),

owners as (

    select * from units
    union all
    select sellers.* from sellers
    inner join units on sellers.target_year = units.target_year and sellers.parent_id = units.owner_id

)

select
    target_year, owner_kind, owner_id, parent_id, name, name_en,
    cast(row_number() over (
        partition by target_year, parent_id order by owner_kind desc, place, owner_id
    ) as integer) as place
from owners
