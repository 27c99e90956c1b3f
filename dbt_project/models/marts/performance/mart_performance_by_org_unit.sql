{{ performance(ref('int_unit_measures_by_period'), 'org_unit', 'org_unit_id') }},

final as (

    select
        rated.org_unit_id,
        units.org_level,
        units.is_leaf,
        {{ performance_columns('rated') }}
    from rated
    inner join {{ ref('dim_org_unit') }} as units
        on rated.org_unit_id = units.org_unit_id

)

select * from final
