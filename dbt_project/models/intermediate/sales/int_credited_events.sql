with events as (

    select * from {{ ref('int_measured_events') }}

),

basis as (

    select basis, effective_from, coalesce(effective_to, {{ far_day() }}) as effective_to
    from {{ source('rulebook', 'sales_basis') }}

),

sales as (

    select
        events.business_date,
        'sales_amount' as measure,
        events.employee_id,
        events.customer_id,
        events.territory_id,
        events.product_line,
        events.amount,
        events.owned_on
    from events
    inner join basis
        on events.measure = basis.basis
        and events.business_date >= basis.effective_from
        and events.business_date < basis.effective_to

),

both_kinds as (

    select * from events
    union all
    select * from sales

),

credited as (

    select
        both_kinds.*,
        coalesce(assignments.org_unit_id, 'unassigned') as org_unit_id
    from both_kinds
    left join {{ ref('int_seller_units') }} as assignments
        on both_kinds.employee_id = assignments.employee_id
        and both_kinds.owned_on >= assignments.valid_from
        and both_kinds.owned_on < assignments.valid_to

)

select * from credited
