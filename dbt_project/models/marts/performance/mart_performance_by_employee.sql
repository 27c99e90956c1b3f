{{ performance(ref('int_employee_measures_by_period'), 'employee', 'employee_id') }},

placed as (

    select
        rated.employee_id,
        assignments.org_unit_id,
        rated.period_type,
        rated.period_start
    from rated
    inner join {{ ref('dim_period') }} as periods
        on rated.period_type = periods.period_type
        and rated.period_start = periods.period_start
    left join {{ ref('int_employee_assignments') }} as assignments
        on rated.employee_id = assignments.employee_id
        and assignments.valid_from < periods.cutoff
        and assignments.valid_to > periods.period_start
    qualify row_number() over (
        partition by rated.employee_id, rated.period_type, rated.period_start
        order by assignments.valid_from desc nulls last
    ) = 1

),

final as (

    select
        rated.employee_id,
        coalesce(placed.org_unit_id, 'unassigned') as org_unit_id,
        units.org_level,
        units.is_leaf,
        {{ performance_columns('rated') }}
    from rated
    inner join placed
        on rated.employee_id = placed.employee_id
        and rated.period_type = placed.period_type
        and rated.period_start = placed.period_start
    left join {{ ref('dim_org_unit') }} as units
        on coalesce(placed.org_unit_id, 'unassigned') = units.org_unit_id

)

select * from final
