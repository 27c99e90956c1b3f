with closure as (

    select ancestor_id, descendant_id from {{ ref('dim_org_unit_closure') }}
    where valid_from <= {{ as_of() }} and valid_to > {{ as_of() }}

),

roots as (

    select org_unit_id from {{ ref('dim_org_unit') }}
    where parent_org_unit_id is null

),

events as (

    select org_unit_id, measure, business_date, amount from {{ ref('int_credited_days') }}
    union all
    select org_unit_id, measure, business_date, amount from {{ ref('int_shifted_days') }}
    where view_of = 'as_is'

),

-- A unit that is gone and has no successor leaves its results unassigned.
placed as (

    select
        case when closure.descendant_id is null then 'unassigned' else events.org_unit_id end as org_unit_id,
        events.measure,
        events.business_date,
        sum(events.amount) as amount
    from events
    cross join roots
    left join closure
        on events.org_unit_id = closure.descendant_id
        and roots.org_unit_id = closure.ancestor_id
    group by 1, 2, 3

),

every_unit as (

    select distinct descendant_id as org_unit_id, cast(null as date) as business_date, cast(null as varchar) as measure,
        0 as amount
    from closure

),

rolled_up as (

    select closure.ancestor_id as org_unit_id, placed.business_date, placed.measure, sum(placed.amount) as amount
    from placed
    inner join closure
        on placed.org_unit_id = closure.descendant_id
    group by closure.ancestor_id, placed.business_date, placed.measure
    union all
    select * from every_unit

)

select * from rolled_up
