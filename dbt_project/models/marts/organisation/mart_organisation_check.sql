with units as (

    select * from {{ ref('dim_org_unit') }}

),

problems as (

    select problem, 'org_unit' as thing_kind, org_unit_id as thing_id, other_id, since, cast(null as bigint) as item_count,
        cast(null as decimal(18, 2)) as amount
    from {{ ref('int_unit_problems') }}
    union all
    select problem, 'employee', employee_id, cast(null as varchar), since, item_count, {{ money('amount') }}
    from {{ ref('int_people_problems') }}

),

final as (

    select
        problems.problem,
        problems.thing_kind,
        problems.thing_id,
        coalesce(units.name, employees.name, problems.thing_id) as name,
        coalesce(units.name_en, employees.name_en, problems.thing_id) as name_en,
        case when problems.thing_kind = 'org_unit' then problems.thing_id else coalesce(employees.org_unit_id, 'unassigned') end
            as org_unit_id,
        problems.other_id,
        problems.since,
        problems.item_count,
        {{ money('problems.amount') }} as amount,
        {{ finding('problems.problem', organisation_findings()) }}
    from problems
    left join units
        on problems.thing_kind = 'org_unit'
        and problems.thing_id = units.org_unit_id
    left join {{ ref('dim_employee') }} as employees
        on problems.thing_kind = 'employee'
        and problems.thing_id = employees.employee_id

)

select * from final
