with stages as (

    select
        {{ target_columns('targets') }},
        stages.stage_id,
        stages.stage_number,
        stages.stage,
        stages.stage_start,
        stages.stage_end,
        stages.is_stated,
        targets.target_value,
        stages.stage_target_value,
        sum(stages.stage_target_value) over (
            partition by stages.target_id order by stages.stage_number rows between unbounded preceding and current row
        ) as cumulative_target_value,
        case
            when stages.stage_end <= {{ add_days(as_of(), 1) }} then 'done'
            when stages.stage_start <= {{ as_of() }} then 'running'
            else 'to_come'
        end as stage_state
    from {{ ref('int_target_stages') }} as stages
    inner join {{ ref('int_targets') }} as targets
        on stages.target_id = targets.target_id

),

reached as (

    select
        stages.*,
        case when stages.stage_state <> 'to_come' then coalesce(results.amount, 0) end as stage_actual_value,
        case when stages.stage_state <> 'to_come' then sum(coalesce(results.amount, 0)) over (
            partition by stages.target_id order by stages.stage_number rows between unbounded preceding and current row
        ) end as cumulative_actual_value
    from stages
    left join {{ ref('int_target_results') }} as results
        on stages.stage_id = results.target_id
        and results.part = 'numerator'
        and results.window_name = 'now'

),

work_days_after as (

    select stages.stage_id, count(*) as work_days
    from stages
    inner join {{ ref('dim_date') }} as days
        on days.day >= least(stages.stage_end, {{ add_days(as_of(), 1) }})
        and days.day < stages.period_end
        and days.is_workday
    group by stages.stage_id

)

select
    {{ target_columns('reached') }},
    reached.stage_number,
    reached.stage,
    reached.stage_start,
    reached.stage_end,
    reached.stage_state,
    reached.is_stated,
    {{ target_number('reached.target_value') }} as target_value,
    reached.stage_target_value,
    {{ target_number('reached.cumulative_target_value') }} as cumulative_target_value,
    {{ target_number('reached.stage_actual_value') }} as stage_actual_value,
    {{ target_number('reached.cumulative_actual_value') }} as cumulative_actual_value,
    {{ rate('reached.stage_actual_value', 'reached.stage_target_value') }} as stage_attainment_rate,
    {{ rate('reached.cumulative_actual_value', 'reached.cumulative_target_value') }} as cumulative_attainment_rate,
    case when reached.stage_state <> 'to_come' and work_days_after.work_days > 0 then {{ money(
        'greatest(reached.target_value - reached.cumulative_actual_value, 0) / work_days_after.work_days') }}
    end as run_rate_for_rest
from reached
left join work_days_after
    on reached.stage_id = work_days_after.stage_id
