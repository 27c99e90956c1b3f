select
    evidence.opportunity_id,
    evidence.stage,
    stages.name_zh as stage_name_zh,
    stages.name_en as stage_name_en,
    evidence.evidence_order,
    evidence.kind,
    evidence.what,
    evidence.name_zh as evidence_name_zh,
    evidence.name_en as evidence_name_en,
    evidence.rule_id,
    evidence.passed_on,
    evidence.proven_on,
    steps.employee_id,
    steps.customer_id,
    steps.org_unit_id,
    steps.owned_on,
    {{ money('opportunities.amount') }} as amount
from {{ ref('int_step_evidence') }} as evidence
inner join {{ ref('int_steps_passed') }} as steps
    on evidence.opportunity_id = steps.opportunity_id
    and evidence.stage = steps.stage
inner join {{ ref('int_opportunities') }} as opportunities
    on evidence.opportunity_id = opportunities.opportunity_id
left join {{ ref('int_process_stages') }} as stages
    on evidence.stage = stages.stage
where not evidence.is_proven
