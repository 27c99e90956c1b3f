with steps as (

    select
        steps.*,
        -- The day on which the visit to the stage began that this step ends.
        max(case when steps.from_stage is distinct from steps.to_stage or steps.from_status is distinct from 'open'
            then steps.changed_on end) over (
            partition by steps.opportunity_id order by steps.step_number rows between unbounded preceding and 1 preceding
        ) as visit_began_on,
        from_stages.stage_order as from_order,
        case when steps.to_status = 'won' then 99 else to_stages.stage_order end as to_order
    from {{ ref('int_opportunity_steps') }} as steps
    left join {{ ref('int_process_stages') }} as from_stages
        on steps.from_stage = from_stages.stage
    left join {{ ref('int_process_stages') }} as to_stages
        on steps.to_stage = to_stages.stage

)

select
    steps.opportunity_id,
    steps.step_number,
    steps.from_stage as stage,
    steps.changed_on as exited_on,
    opportunities.org_unit_id,
    opportunities.owned_on,
    opportunities.employee_id,
    opportunities.segment,
    steps.to_status <> 'lost' and steps.to_order > steps.from_order as is_forward,
    steps.to_status = 'lost' as is_lost,
    case when steps.to_status = 'lost' then coalesce(steps.from_amount, 0) else 0 end as lost_amount,
    {{ dbt.datediff('steps.visit_began_on', 'steps.changed_on', 'day') }} as visit_days
from steps
inner join {{ ref('int_opportunities') }} as opportunities
    on steps.opportunity_id = opportunities.opportunity_id
    and opportunities.status in ('open', 'won', 'lost')
where steps.from_status = 'open'
    and (steps.to_status in ('won', 'lost') or (steps.to_status = 'open' and steps.to_stage <> steps.from_stage))
