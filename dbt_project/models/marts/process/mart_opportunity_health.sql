{% set causes = ['overdue_close', 'no_activity', 'stage_age', 'pushed', 'no_next_step', 'large'] %}
with risks as (

    select
        *,
        {% for cause in causes %}case when is_{{ cause }} then 1 else 0 end{{ ' + ' if not loop.last }}{% endfor %} as risk_count,
        case{% for cause in causes %} when is_{{ cause }} then '{{ cause }}'{% endfor %} end as main_cause
    from {{ ref('int_opportunity_risks') }}

),

-- A hint of the stage comes before one for every stage.
hints as (

    select stage, cause, hint_zh, hint_en
    from {{ source('rulebook', 'process_hints') }} as hints
    where {{ in_force('hints', as_of()) }}

)

select
    risks.opportunity_id,
    risks.customer_id,
    risks.owner_employee_id as employee_id,
    risks.org_unit_id,
    risks.owned_on,
    units.manager_employee_id,
    risks.segment,
    risks.stage,
    stages.name_zh as stage_name_zh,
    stages.name_en as stage_name_en,
    risks.created_on,
    risks.expected_close_on,
    {{ money('risks.amount') }} as amount,
    cast(risks.stage_days as integer) as stage_days,
    cast(risks.visit_count as integer) as visit_count,
    cast(risks.stage_limit_days as integer) as stage_limit_days,
    {{ days('risks.stage_p75_days') }} as stage_p75_days,
    cast(risks.push_count as integer) as push_count,
    risks.last_activity_on,
    case when risks.has_activities then cast(risks.inactive_days as integer) end as inactive_days,
    risks.next_step,
    risks.next_step_on,
    {% for cause in causes %}
    risks.is_{{ cause }},
    {% endfor %}
    risks.is_overdue_close or risks.is_no_activity or risks.is_stage_age or risks.is_pushed as is_stalled,
    cast(risks.risk_count as integer) as risk_count,
    risks.main_cause,
    coalesce(own_hints.hint_zh, any_hints.hint_zh) as hint_zh,
    coalesce(own_hints.hint_en, any_hints.hint_en) as hint_en
from risks
left join {{ ref('int_process_stages') }} as stages
    on risks.stage = stages.stage
left join {{ ref('dim_org_unit') }} as units
    on risks.org_unit_id = units.org_unit_id
left join hints as own_hints
    on risks.stage = own_hints.stage
    and risks.main_cause = own_hints.cause
left join hints as any_hints
    on any_hints.stage = 'any'
    and risks.main_cause = any_hints.cause
