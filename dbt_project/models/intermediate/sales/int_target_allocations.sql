with targets as (

    select * from {{ ref('int_targets') }}
    where owner_kind = 'org_unit'

),

allocations as (

    select
        units.parent_org_unit_id as org_unit_id,
        targets.metric,
        targets.product_line,
        targets.period_start,
        targets.period_end,
        sum(targets.target_value) as allocated_value
    from targets
    inner join {{ ref('int_org_units') }} as units
        on targets.owner_id = units.org_unit_id
        and targets.period_start >= units.valid_from
        and targets.period_start < units.valid_to
    where units.parent_org_unit_id is not null
    group by units.parent_org_unit_id, targets.metric, targets.product_line, targets.period_start, targets.period_end

)

select * from allocations
