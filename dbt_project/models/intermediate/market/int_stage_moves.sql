with steps as (

    select
        steps.*,
        opportunities.org_unit_id,
        opportunities.owned_on,
        case when steps.to_status = 'won' then 99 else to_stages.stage_order end as to_order,
        from_stages.stage_order as from_order
    from {{ ref('int_opportunity_steps') }} as steps
    inner join {{ ref('int_opportunities') }} as opportunities
        on steps.opportunity_id = opportunities.opportunity_id
        and opportunities.status in ('open', 'won', 'lost')
    left join {{ ref('int_process_stages') }} as to_stages
        on steps.to_stage = to_stages.stage
    left join {{ ref('int_process_stages') }} as from_stages
        on steps.from_stage = from_stages.stage

),

periods as (

    select period_type, period_start, cutoff
    from {{ ref('dim_period') }}
    where has_begun

),

exits as (

    select
        org_unit_id,
        owned_on,
        periods.period_type,
        periods.period_start,
        from_stage as stage,
        'exited' as kind,
        to_status <> 'lost' and to_order > from_order as is_forward
    from steps
    inner join periods
        on steps.changed_on >= periods.period_start
        and steps.changed_on < periods.cutoff
    where from_status = 'open'
        and (to_status in ('won', 'lost') or (to_status = 'open' and to_stage <> from_stage))

),

-- Where each stood when the period began, and where at its end.
snapshots as (

    select
        starts.org_unit_id,
        starts.owned_on,
        periods.period_type,
        periods.period_start,
        starts.to_stage as stage,
        'opening' as kind,
        ends.to_status in ('open', 'won') and ends.to_order > starts.to_order as is_forward
    from periods
    inner join steps as starts
        on {{ stands_before('starts', 'periods.period_start') }}
        and starts.to_status = 'open'
    inner join steps as ends
        on starts.opportunity_id = ends.opportunity_id
        and {{ stands_before('ends', 'periods.cutoff') }}

),

moves as (

    select * from exits
    union all
    select * from snapshots

),

counted as (

    select
        closure.ancestor_id as org_unit_id,
        moves.period_type,
        moves.period_start,
        moves.stage,
        sum(case when moves.kind = 'exited' then 1 else 0 end) as exited_count,
        sum(case when moves.kind = 'exited' and moves.is_forward then 1 else 0 end) as exited_forward_count,
        sum(case when moves.kind = 'opening' then 1 else 0 end) as opening_count,
        sum(case when moves.kind = 'opening' and moves.is_forward then 1 else 0 end) as opening_advanced_count
    from moves
    {{ join_units_above('moves') }}
    group by closure.ancestor_id, moves.period_type, moves.period_start, moves.stage

)

select * from counted
