with running as (

    select
        targets.target_id,
        targets.target_value,
        results.business_date,
        sum(sum(results.amount)) over (partition by targets.target_id order by results.business_date) as reached_value
    from {{ ref('int_targets') }} as targets
    inner join {{ ref('int_results_by_owner') }} as results
        on targets.owner_kind = results.owner_kind
        and targets.owner_id = results.owner_id
        and targets.metric = results.measure
        and (targets.product_line is null or targets.product_line = results.product_line)
        and results.business_date >= targets.period_start
        and results.business_date < targets.period_end
    where targets.target_value > 0
        and targets.territory_id is null and targets.customer_id is null and targets.quantity_unit is null
    group by targets.target_id, targets.target_value, results.business_date

),

crossed as (

    select running.target_id, milestones.milestone_rate, min(running.business_date) as reached_on
    from running
    inner join {{ source('rulebook', 'target_milestones') }} as milestones
        on running.reached_value >= {{ part_of('running.target_value', 'milestones.milestone_rate') }}
        and {{ in_force('milestones', 'running.business_date') }}
    group by running.target_id, milestones.milestone_rate

)

select
    {{ target_columns('targets') }},
    {{ target_number('targets.target_value') }} as target_value,
    cast(crossed.milestone_rate as decimal(9, 6)) as milestone,
    crossed.reached_on
from crossed
inner join {{ ref('int_targets') }} as targets
    on crossed.target_id = targets.target_id
