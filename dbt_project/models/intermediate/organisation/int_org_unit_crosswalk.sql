with parents as (

    select distinct parent_org_unit_id as org_unit_id from {{ ref('int_org_units') }}

),

-- Results lie on the lowest units; those of who sits in a unit above others, on its own leaf.
leaves as (

    select
        units.org_unit_id,
        case when units.org_level = 'direct' then units.parent_org_unit_id else units.org_unit_id end as own_unit_id
    from (select distinct org_unit_id, parent_org_unit_id, org_level from {{ ref('int_org_units') }}) as units
    left join parents
        on units.org_unit_id = parents.org_unit_id
    where parents.org_unit_id is null

),

leaf_ids as (

    select own_unit_id, min(org_unit_id) as leaf_id from leaves
    group by own_unit_id

),

roots as (

    select org_unit_id from {{ ref('int_org_units') }}
    where parent_org_unit_id is null
    group by org_unit_id

),

hanging as (

    select closure.descendant_id, closure.valid_from, closure.valid_to
    from {{ ref('dim_org_unit_closure') }} as closure
    inner join roots
        on closure.ancestor_id = roots.org_unit_id

),

final as (

    select
        crosswalk.old_org_unit_id,
        crosswalk.new_org_unit_id,
        olds.leaf_id as old_leaf_id,
        news.leaf_id as new_leaf_id,
        crosswalk.valid_from,
        cast(crosswalk.share as decimal(18, 8)) as share,
        olds.leaf_id is not null and hanging.descendant_id is not null as is_applied
    from {{ ref('stg_org_unit_crosswalk') }} as crosswalk
    left join leaf_ids as olds
        on crosswalk.old_org_unit_id = olds.own_unit_id
    left join leaf_ids as news
        on crosswalk.new_org_unit_id = news.own_unit_id
    left join hanging
        on news.leaf_id = hanging.descendant_id
        and crosswalk.valid_from >= hanging.valid_from
        and crosswalk.valid_from < hanging.valid_to
    where crosswalk.valid_from <= {{ as_of() }}

)

select * from final
