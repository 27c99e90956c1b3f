with joined as (

    select
        {{ target_columns('targets') }},
        allocations.dimension,
        allocations.child_count,
        targets.target_value,
        allocations.allocated_value,
        {{ rate('allocations.allocated_value - targets.target_value', 'targets.target_value') }} as over_assignment_rate,
        policy.least_over_assignment_rate,
        policy.most_over_assignment_rate
    from {{ ref('int_target_allocations') }} as allocations
    inner join {{ ref('int_targets') }} as targets
        on allocations.target_id = targets.target_id
    left join {{ source('rulebook', 'target_policy') }} as policy
        on {{ in_force('policy', 'targets.period_start') }}

)

select
    {{ target_columns('joined') }},
    dimension,
    cast(child_count as bigint) as child_count,
    {{ target_number('target_value') }} as target_value,
    {{ target_number('allocated_value') }} as allocated_value,
    {{ target_number('allocated_value - target_value') }} as allocation_gap,
    over_assignment_rate,
    case
        when over_assignment_rate < least_over_assignment_rate then 'below'
        when over_assignment_rate > most_over_assignment_rate then 'above'
        when over_assignment_rate is not null then 'within'
    end as over_assignment_state
from joined
