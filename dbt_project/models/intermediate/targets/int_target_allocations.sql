with targets as (

    select * from {{ ref('int_targets') }}

),

allocations as (

    select
        parent_targets.target_id,
        parents.dimension,
        count(*) as child_count,
        sum(targets.target_value) as allocated_value
    from targets
    inner join {{ ref('int_target_parents') }} as parents
        on targets.target_id = parents.target_id
    inner join targets as parent_targets
        on parents.parent_kind = parent_targets.owner_kind
        and parents.parent_id = parent_targets.owner_id
        and targets.period_start = parent_targets.period_start
        and targets.period_end = parent_targets.period_end
        and {{ same_scope('targets', 'parent_targets') }}
    where targets.metric in ('{{ additive_metrics() | join("', '") }}')
    group by parent_targets.target_id, parents.dimension

)

select * from allocations
