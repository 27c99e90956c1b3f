{{ config(materialized='view') }}

with order_lines as (

    select * from {{ ref('int_order_lines') }}

),

booked as (

    select
        business_date,
        employee_id,
        org_unit_id,
        unit_since,
        territory_id,
        customer_id,
        product_line,
        unit_of_measure,
        sum(net_amount) as booked_amount,
        sum(net_amount - cost_amount) as gross_margin_amount,
        sum(quantity) as order_quantity
    from order_lines
    group by business_date, employee_id, org_unit_id, unit_since, territory_id, customer_id, product_line, unit_of_measure

),

-- A shipment is credited to the unit of the order, or the backlog of a unit would never clear after a reorganisation.
shipped as (

    select shipped_on as business_date, employee_id, org_unit_id, unit_since, territory_id, customer_id, product_line,
        sum(net_amount) as amount
    from order_lines
    where shipped_on is not null
    group by shipped_on, employee_id, org_unit_id, unit_since, territory_id, customer_id, product_line

),

ordered as (

    select business_date, employee_id, org_unit_id, unit_since, territory_id, customer_id, count(distinct order_id) as amount
    from order_lines
    group by business_date, employee_id, org_unit_id, unit_since, territory_id, customer_id

),

-- Cash belongs to the unit that its owner had on the day of the invoice, everything else to that of its own day.
others as (

    select business_date, business_date as owned_on, 'invoiced_amount' as measure, employee_id, territory_id, customer_id,
        product_line, sum(net_amount) as amount
    from {{ ref('int_invoiced_events') }}
    group by business_date, employee_id, territory_id, customer_id, product_line
    union all
    select business_date, business_date, 'new_customer_count', employee_id, cast(null as varchar), customer_id,
        cast(null as varchar), count(*)
    from {{ ref('int_first_purchases') }}
    group by business_date, employee_id, customer_id
    union all
    select closed_on, closed_on, status || '_count', employee_id, cast(null as varchar), customer_id, product_line, count(*)
    from {{ ref('stg_opportunities') }}
    where status in ('won', 'lost')
    group by closed_on, status, employee_id, customer_id, product_line
    union all
    select business_date, owned_on, 'collected_amount', employee_id, cast(null as varchar), customer_id,
        cast(null as varchar), sum(amount)
    from {{ ref('int_collected_events') }}
    group by business_date, owned_on, employee_id, customer_id

),

with_unit as (

    select
        others.business_date,
        others.measure,
        others.employee_id,
        {{ credited_unit('sellers') }},
        others.territory_id,
        others.customer_id,
        others.product_line,
        others.amount
    from others
    left join {{ ref('int_seller_units') }} as sellers
        on others.employee_id = sellers.employee_id
        and others.owned_on >= sellers.valid_from
        and others.owned_on < sellers.valid_to

),

-- One type for all: two sums of 38 digits with other decimals would meet in the fewer decimals, and lose the rest.
measured as (

    {% for measure, amount in [
        ('booked_amount', 'booked_amount'), ('gross_margin_amount', 'gross_margin_amount'),
        ('order_quantity', 'order_quantity'), ('backlog_amount', 'booked_amount'),
    ] %}
    select business_date, '{{ measure }}' as measure, employee_id, org_unit_id, unit_since, territory_id, customer_id,
        product_line, unit_of_measure, cast({{ amount }} as decimal(28, 6)) as amount
    from booked
    union all
    {% endfor %}
    {% for measure, sign in [('shipped_amount', ''), ('backlog_amount', '- ')] %}
    select business_date, '{{ measure }}', employee_id, org_unit_id, unit_since, territory_id, customer_id, product_line,
        cast(null as varchar), cast({{ sign }}amount as decimal(28, 6))
    from shipped
    union all
    {% endfor %}
    select business_date, 'order_count', employee_id, org_unit_id, unit_since, territory_id, customer_id,
        cast(null as varchar), cast(null as varchar), cast(amount as decimal(28, 6))
    from ordered
    union all
    select business_date, measure, employee_id, org_unit_id, unit_since, territory_id, customer_id, product_line,
        cast(null as varchar), cast(amount as decimal(28, 6))
    from with_unit

)

select * from measured
where business_date <= {{ as_of() }}
