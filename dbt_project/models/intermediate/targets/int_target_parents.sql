with targets as (

    select * from {{ ref('int_targets') }}

),

units as (

    select * from {{ ref('int_org_units') }}

),

-- Who sits right in a unit with units below it belongs to that unit; who joins during the period, to the first unit.
seats as (

    select
        targets.target_id,
        case when units.org_level = 'direct' then units.parent_org_unit_id else units.org_unit_id end as parent_id
    from targets
    inner join {{ ref('int_employee_assignments') }} as assignments
        on targets.owner_id = assignments.employee_id
        and targets.period_start < assignments.valid_to
        and targets.period_end > assignments.valid_from
    inner join units
        on assignments.org_unit_id = units.org_unit_id
    where targets.owner_kind = 'employee'
    qualify row_number() over (
        partition by targets.target_id order by assignments.valid_from, units.valid_from desc, units.org_unit_id
    ) = 1

),

natural_parents as (

    select target_id, 'organisation' as dimension, 'org_unit' as parent_kind, parent_id
    from seats
    union all
    select targets.target_id, 'organisation', 'org_unit', units.parent_org_unit_id
    from targets
    inner join units
        on targets.owner_id = units.org_unit_id
        and targets.period_start >= units.valid_from
        and targets.period_start < units.valid_to
    where targets.owner_kind = 'org_unit' and units.parent_org_unit_id is not null
    union all
    select
        targets.target_id,
        'territory',
        case when territories.parent_territory_id is null then 'org_unit' else 'territory' end,
        coalesce(territories.parent_territory_id, root.org_unit_id)
    from targets
    left join {{ ref('dim_territory') }} as territories
        on targets.owner_id = territories.territory_id
    cross join (select org_unit_id from {{ ref('dim_org_unit') }} where parent_org_unit_id is null) as root
    where targets.owner_kind = 'territory'
    union all
    select targets.target_id, targets.owner_kind, 'org_unit', root.org_unit_id
    from targets
    cross join (select org_unit_id from {{ ref('dim_org_unit') }} where parent_org_unit_id is null) as root
    where targets.owner_kind in ('product_line', 'customer')

),

-- A parent that the target names itself comes before the one that the organisation gives it.
final as (

    select
        natural_parents.target_id,
        natural_parents.dimension,
        case when targets.parent_owner_id is null then natural_parents.parent_kind
            when named.owner_kind is null then 'unknown' else named.owner_kind end as parent_kind,
        coalesce(targets.parent_owner_id, natural_parents.parent_id) as parent_id
    from natural_parents
    inner join targets
        on natural_parents.target_id = targets.target_id
    left join (select owner_id, min(owner_kind) as owner_kind from targets group by owner_id) as named
        on targets.parent_owner_id = named.owner_id

)

select * from final
