{{ performance(ref('int_unit_measures_by_period'), 'org_unit', 'org_unit_id') }},

final as (

    select
        rated.org_unit_id,
        units.org_level,
        units.is_leaf,
        basis_of_last_year.prior_year_basis,
        {{ performance_columns('rated') }}
    from rated
    inner join {{ ref('dim_org_unit') }} as units
        on rated.org_unit_id = units.org_unit_id
    left join {{ ref('int_prior_year_basis') }} as basis_of_last_year
        on rated.org_unit_id = basis_of_last_year.org_unit_id
        and rated.period_type = basis_of_last_year.period_type
        and rated.period_start = basis_of_last_year.period_start

)

select * from final
