with measured as (

    select
        business_date,
        measure,
        employee_id,
        org_unit_id,
        unit_since,
        territory_id,
        product_line,
        sum(amount) as amount
    from {{ ref('int_measured_days') }}
    group by business_date, measure, employee_id, org_unit_id, unit_since, territory_id, product_line

),

basis as (

    select basis, effective_from, coalesce(effective_to, {{ far_day() }}) as effective_to
    from {{ source('rulebook', 'sales_basis') }}

),

sales as (

    select
        measured.business_date,
        'sales_amount' as measure,
        measured.employee_id,
        measured.org_unit_id,
        measured.unit_since,
        measured.territory_id,
        measured.product_line,
        measured.amount
    from measured
    inner join basis
        on measured.measure = basis.basis
        and measured.business_date >= basis.effective_from
        and measured.business_date < basis.effective_to

),

both_kinds as (

    select * from measured
    union all
    select * from sales

)

select * from both_kinds
