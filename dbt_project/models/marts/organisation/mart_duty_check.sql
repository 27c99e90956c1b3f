with duties as (

    select rule_id, duty_id, name_zh, name_en, effective_from
    from {{ source('rulebook', 'duties') }} as duties
    where {{ in_force('duties', as_of()) }}

),

bearers as (

    select * from {{ ref('dim_duty') }}
    where is_in_force

),

counted as (

    select
        duties.rule_id,
        duties.duty_id,
        count(case when bearers.involvement = 'accountable' then 1 end) as accountable_count,
        count(case when bearers.involvement = 'responsible' then 1 end) as responsible_count
    from duties
    left join bearers
        on duties.rule_id = bearers.rule_id
        and duties.duty_id = bearers.duty_id
    group by duties.rule_id, duties.duty_id

),

units as (

    select org_unit_id, org_level, manager_employee_id from {{ ref('int_org_units') }}
    where valid_from <= {{ as_of() }} and valid_to > {{ as_of() }}

),

employed as (

    select employee_id from {{ ref('dim_employee') }}
    where is_employed

),

borne as (

    select
        bearers.rule_id,
        bearers.duty_id,
        bearers.involvement,
        bearers.bearer,
        units.org_unit_id,
        employed.employee_id as manager_employee_id
    from bearers
    left join units
        on bearers.bearer = case when bearers.bearer_kind = 'level' then units.org_level else units.org_unit_id end
    left join employed
        on units.manager_employee_id = employed.employee_id

),

problems as (

    select rule_id, duty_id, 'no_accountable' as problem, '' as bearer from counted
    where accountable_count = 0
    union all
    select rule_id, duty_id, 'several_accountable', '' from counted
    where accountable_count > 1
    union all
    select rule_id, duty_id, 'no_responsible', '' from counted
    where responsible_count = 0
    union
    select rule_id, duty_id, 'unknown_bearer', bearer from borne
    where org_unit_id is null
    union
    select rule_id, duty_id, 'accountable_without_manager', org_unit_id from borne
    where involvement = 'accountable' and org_unit_id is not null and manager_employee_id is null

),

final as (

    select
        problems.rule_id,
        problems.duty_id,
        duties.name_zh,
        duties.name_en,
        problems.problem,
        problems.bearer,
        duties.effective_from as since,
        {{ finding('problems.problem', duty_findings()) }}
    from problems
    inner join duties
        on problems.rule_id = duties.rule_id
        and problems.duty_id = duties.duty_id

)

select * from final
