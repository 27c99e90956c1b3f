with steps as (

    select * from {{ ref('int_opportunity_steps') }}

),

stages as (

    select * from {{ ref('int_process_stages') }}

),

placed as (

    select
        steps.*,
        case when steps.to_status = 'won' then won.stage_order when steps.to_status = 'open' then stages.stage_order end
            as to_order,
        least(steps.next_changed_on, {{ as_of() }}) as until
    from steps
    left join stages
        on steps.to_stage = stages.stage
    cross join (select stage_order from stages where status = 'won' and stage_order is not null) as won

),

reached as (

    select placed.opportunity_id, stages.stage, stages.stage_order, stages.next_stage, min(placed.changed_on) as reached_on
    from placed
    inner join stages
        on placed.to_order >= stages.stage_order
    group by placed.opportunity_id, stages.stage, stages.stage_order, stages.next_stage

),

-- All visits together; a step that changes only the amount goes on with the visit.
visits as (

    select
        opportunity_id,
        to_stage as stage,
        sum({{ dbt.datediff('changed_on', 'until', 'day') }}) as stage_days,
        sum(case when from_stage is distinct from to_stage or from_status is distinct from 'open' then 1 else 0 end)
            as visit_count,
        max(next_changed_on) as left_on
    from placed
    where to_status = 'open'
    group by opportunity_id, to_stage

),

final as (

    select
        reached.opportunity_id,
        reached.stage,
        reached.stage_order,
        reached.reached_on,
        next_stages.reached_on as advanced_on,
        cast(coalesce(visits.visit_count, 0) as bigint) as visit_count,
        cast(visits.stage_days as bigint) as stage_days,
        case when visits.left_on <= {{ as_of() }} then visits.left_on end as left_on
    from reached
    left join reached as next_stages
        on reached.opportunity_id = next_stages.opportunity_id
        and reached.next_stage = next_stages.stage
    left join visits
        on reached.opportunity_id = visits.opportunity_id
        and reached.stage = visits.stage

)

select * from final
