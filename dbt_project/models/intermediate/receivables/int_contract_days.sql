{{ config(materialized='view') }}

with orders as (

    select * from {{ ref('int_orders_with_cash') }}

),

contracted as (

    select
        ordered_on as business_date,
        {{ owner_columns() }},
        sum(contract_amount) as contract_amount,
        count(*) as activity_count
    from orders
    group by ordered_on, {{ owner_columns() }}

),

cash as (

    select
        cash.business_date,
        {{ owner_columns('orders') }},
        sum(cash.amount) as contract_collected_amount,
        count(*) as activity_count
    from {{ ref('int_order_cash_events') }} as cash
    inner join orders
        on cash.order_id = orders.order_id
    group by cash.business_date, {{ owner_columns('orders') }}

),

contract_days as (

    {{ day_rows('contracted', ['contract_amount', 'activity_count']) }}
    union all
    {{ day_rows('cash', ['contract_collected_amount', 'activity_count']) }}

)

select * from contract_days
