with steps as (

    select
        steps.opportunity_id,
        steps.changed_on,
        steps.step_number,
        steps.from_stage,
        steps.to_stage,
        from_stages.stage_order as from_order,
        to_stages.stage_order as to_order
    from {{ ref('int_opportunity_steps') }} as steps
    inner join {{ ref('int_process_stages') }} as to_stages
        on steps.to_stage = to_stages.stage
        and to_stages.status = 'open'
    left join {{ ref('int_process_stages') }} as from_stages
        on steps.from_stage = from_stages.stage
    where steps.to_status = 'open'

),

beside_earlier as (

    select
        *,
        row_number() over (partition by opportunity_id, to_stage order by step_number) as visit_number
    from steps

)

select
    steps.opportunity_id,
    steps.changed_on,
    steps.step_number,
    steps.from_stage as stage,
    steps.to_stage,
    steps.visit_number = 1 as is_out_of_order,
    opportunities.org_unit_id,
    opportunities.owned_on
from beside_earlier as steps
inner join {{ ref('int_opportunities') }} as opportunities
    on steps.opportunity_id = opportunities.opportunity_id
    and opportunities.status in ('open', 'won', 'lost')
where steps.to_order < steps.from_order
