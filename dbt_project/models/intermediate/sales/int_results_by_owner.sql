with events as (

    select * from {{ ref('int_credited_days') }}
    where measure in ('{{ additive_metrics() | join("', '") }}')

),

by_employee as (

    select
        'employee' as owner_kind, employee_id as owner_id, product_line, measure, business_date, sum(amount) as amount
    from events
    group by employee_id, product_line, measure, business_date

),

by_territory as (

    select
        'territory' as owner_kind, closure.ancestor_id as owner_id, events.product_line, events.measure,
        events.business_date, sum(events.amount) as amount
    from events
    inner join {{ ref('int_territory_closure') }} as closure
        on events.territory_id = closure.descendant_id
    where closure.ancestor_id <> 'all'
    group by closure.ancestor_id, events.product_line, events.measure, events.business_date

),

by_product_line as (

    select
        'product_line' as owner_kind, product_line as owner_id, product_line, measure, business_date,
        sum(amount) as amount
    from events
    group by product_line, measure, business_date

),

by_org_unit as (

    select
        'org_unit' as owner_kind, closure.ancestor_id as owner_id, events.product_line, events.measure,
        events.business_date, sum(events.amount) as amount
    from events
    inner join {{ ref('dim_org_unit_closure') }} as closure
        on events.org_unit_id = closure.descendant_id
        and events.unit_since >= closure.valid_from
        and events.unit_since < closure.valid_to
    group by closure.ancestor_id, events.product_line, events.measure, events.business_date

),

owners as (

    select * from by_employee
    union all
    select * from by_territory
    union all
    select * from by_product_line
    union all
    select * from by_org_unit

)

select * from owners
where owner_id is not null
