with events as (

    select business_date, unit_since, measure, org_unit_id, sum(amount) as amount
    from {{ ref('int_credited_days') }}
    group by business_date, unit_since, measure, org_unit_id

),

rolled_up as (

    select
        closure.ancestor_id as org_unit_id,
        events.business_date,
        events.measure,
        sum(events.amount) as amount
    from events
    inner join {{ ref('dim_org_unit_closure') }} as closure
        on events.org_unit_id = closure.descendant_id
        and events.unit_since >= closure.valid_from
        and events.unit_since < closure.valid_to
    group by closure.ancestor_id, events.business_date, events.measure

),

-- A unit without results has days too: its figures are zero, not absent.
every_unit as (

    select org_unit_id, cast(null as date) as business_date, cast(null as varchar) as measure, 0 as amount
    from {{ ref('dim_org_unit') }}

),

unit_days as (

    select * from rolled_up
    union all
    select * from every_unit

)

select * from unit_days
