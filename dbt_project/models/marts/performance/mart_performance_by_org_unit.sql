{{ performance(ref('int_unit_measures_by_period'), 'org_unit', 'org_unit_id') }},

final as (

    select
        rated.org_unit_id,
        units.org_level,
        units.is_leaf,
        {{ performance_columns('rated') }},
        collection.collection_rate,
        collection.collection_rate_variant
    from rated
    inner join {{ ref('dim_org_unit') }} as units
        on rated.org_unit_id = units.org_unit_id
    left join {{ ref('mart_collection_by_org_unit') }} as collection
        on rated.org_unit_id = collection.org_unit_id
        and rated.period_type = collection.period_type
        and rated.period_start = collection.period_start

)

select * from final
