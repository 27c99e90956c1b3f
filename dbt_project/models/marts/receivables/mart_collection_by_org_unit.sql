with rates as (

    select * from {{ ref('int_collection_rates') }}

),

by_org_unit as (

    select
        rates.entity_id as org_unit_id,
        units.org_level,
        units.is_leaf,
        {{ collection_columns('rates') }}
    from rates
    inner join {{ ref('dim_org_unit') }} as units
        on rates.entity_id = units.org_unit_id
    where rates.entity_kind = 'org_unit'

)

select * from by_org_unit
