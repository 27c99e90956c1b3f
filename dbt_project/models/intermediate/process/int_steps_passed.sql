with births as (

    select steps.opportunity_id, stages.stage_order
    from {{ ref('int_opportunity_steps') }} as steps
    inner join {{ ref('int_process_stages') }} as stages
        on steps.to_stage = stages.stage
    where steps.step_number = 1

)

select
    days.opportunity_id,
    days.stage,
    days.stage_order,
    days.advanced_on as passed_on,
    opportunities.org_unit_id,
    opportunities.owned_on,
    opportunities.employee_id,
    opportunities.customer_id,
    days.visit_count = 0 and days.stage_order < births.stage_order as is_before_creation,
    days.visit_count = 0 and days.stage_order >= births.stage_order as is_skipped
from {{ ref('int_opportunity_stage_days') }} as days
inner join {{ ref('int_opportunities') }} as opportunities
    on days.opportunity_id = opportunities.opportunity_id
    and opportunities.status in ('open', 'won', 'lost')
left join births
    on days.opportunity_id = births.opportunity_id
where days.advanced_on is not null
