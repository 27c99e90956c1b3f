with targets as (

    select * from {{ ref('int_targets') }}

),

joined as (

    select
        {{ target_columns('targets') }},
        targets.version,
        {{ period_state('closed', 'targets.period_start', 'targets.period_end') }} as period_state,
        targets.target_value,
        targets.original_target_value,
        actuals.actual_value,
        actuals.last_year_value,
        targets.metric in ('{{ additive_metrics() | join("', '") }}') as is_additive,
        elapsed.elapsed_days,
        elapsed.elapsed_days_of,
        elapsed.work_days_left,
        seats.days,
        coalesce(seats.seat_days, 0) as seat_days,
        coalesce(seats.ramped_days, 0) as ramped_days,
        seats.employee_id is not null as has_seat,
        allocations.child_count,
        allocations.allocated_value,
        policy.least_over_assignment_rate,
        policy.most_over_assignment_rate,
        targets._file,
        targets._line
    from targets
    left join {{ ref('int_target_actuals') }} as actuals
        on targets.target_id = actuals.target_id
    left join {{ ref('int_closed_spans') }} as closed
        on closed.subject = 'sales'
    left join {{ ref('int_target_elapsed') }} as elapsed
        on targets.period_start = elapsed.period_start
        and targets.period_end = elapsed.period_end
    left join {{ ref('int_seat_ramp') }} as seats
        on targets.owner_kind = 'employee'
        and targets.owner_id = seats.employee_id
        and targets.period_start = seats.period_start
        and targets.period_end = seats.period_end
    left join {{ ref('int_target_allocations') }} as allocations
        on targets.target_id = allocations.target_id
        and allocations.dimension = 'organisation'
    left join {{ source('rulebook', 'target_policy') }} as policy
        on {{ in_force('policy', 'targets.period_start') }}

),

-- Of a rate, nothing is due by the middle of a period; of an amount, what the time gone asks for.
measured as (

    select
        *,
        case when is_additive then {{ rate('elapsed_days', 'elapsed_days_of') }} end as elapsed_rate,
        case when has_seat and is_additive then {{ rate('seat_days', 'days') }} end as seat_rate,
        case when has_seat and is_additive then {{ rate('ramped_days', 'seat_days') }} end as ramp_rate,
        case when is_additive then {{ rate('allocated_value - target_value', 'target_value') }} end as over_assignment_rate
    from joined

),

final as (

    select
        {{ target_columns('measured') }},
        version,
        period_state,
        {{ target_number('target_value') }} as target_value,
        {{ target_number('original_target_value') }} as original_target_value,
        {{ target_number('actual_value') }} as actual_value,
        {{ rate('actual_value', 'target_value') }} as attainment_rate,
        {{ rate('actual_value', 'original_target_value') }} as original_attainment_rate,
        case
            when actual_value is null and period_start > {{ as_of() }} then 'not_begun'
            when actual_value is null then 'no_actual'
            when target_value = 0 then 'zero_target'
        end as not_rated_because,
        elapsed_rate,
        {{ target_number(part_of('target_value', 'elapsed_rate')) }} as due_value,
        {{ rate('actual_value', part_of('target_value', 'elapsed_rate')) }} as linear_attainment_rate,
        case when is_additive and work_days_left > 0 then {{ money(
            'greatest(target_value - coalesce(actual_value, 0), 0) / work_days_left') }}
        end as run_rate_required,
        case
            when not is_additive then 'not_additive'
            when actual_value >= target_value then 'reached'
            when coalesce(work_days_left, 0) = 0 then 'no_days_left'
            else 'needed'
        end as run_rate_state,
        seat_rate,
        ramp_rate,
        {{ target_number(part_of('target_value', 'seat_rate * ramp_rate')) }} as ramped_target_value,
        {{ rate('actual_value', part_of('target_value', 'seat_rate * ramp_rate')) }} as ramped_attainment_rate,
        coalesce(seat_rate < 1 or ramp_rate < 1, false) as is_ramping,
        cast(coalesce(child_count, 0) as bigint) as child_count,
        {{ target_number('allocated_value') }} as allocated_value,
        {{ target_number('allocated_value - target_value') }} as allocation_gap,
        over_assignment_rate,
        case
            when over_assignment_rate is null then null
            when over_assignment_rate < least_over_assignment_rate then 'below'
            when over_assignment_rate > most_over_assignment_rate then 'above'
            else 'within'
        end as over_assignment_state,
        {{ target_number('last_year_value') }} as last_year_value,
        {{ rate('target_value', 'last_year_value') }} as of_last_year_rate,
        _file,
        _line
    from measured

)

select * from final
