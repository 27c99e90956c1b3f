with periods as (

    select period_type, period_start, prior_year_start, prior_year_cutoff
    from {{ ref('dim_period') }}
    where has_begun

),

units as (

    select distinct org_unit_id from {{ ref('int_org_units') }}

),

there as (

    select distinct units.org_unit_id, periods.period_type, periods.period_start
    from {{ ref('int_org_units') }} as units
    inner join periods
        on units.valid_from < periods.prior_year_cutoff
        and units.valid_to > periods.prior_year_start

),

shifted as (

    select distinct shifts.org_unit_id, periods.period_type, periods.period_start
    from {{ ref('int_unit_shifts') }} as shifts
    inner join periods
        on shifts.business_date >= periods.prior_year_start
        and shifts.business_date < periods.prior_year_cutoff
    where shifts.amount <> 0
    union
    select successors.new_leaf_id, periods.period_type, periods.period_start
    from {{ ref('int_successors') }} as successors
    inner join periods
        on successors.first_day < periods.prior_year_cutoff
        and successors.end_day > periods.prior_year_start
    where successors.view_of = 'prior_year'

),

final as (

    select
        units.org_unit_id,
        periods.period_type,
        periods.period_start,
        case
            when shifted.org_unit_id is not null then 'crosswalk'
            when there.org_unit_id is not null then 'own'
            else 'none'
        end as prior_year_basis
    from units
    cross join periods
    left join shifted
        on units.org_unit_id = shifted.org_unit_id
        and periods.period_type = shifted.period_type
        and periods.period_start = shifted.period_start
    left join there
        on units.org_unit_id = there.org_unit_id
        and periods.period_type = there.period_type
        and periods.period_start = there.period_start

)

select * from final
