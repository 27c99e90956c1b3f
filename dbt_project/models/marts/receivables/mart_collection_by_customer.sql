with rates as (

    select * from {{ ref('int_collection_rates') }}

),

by_customer as (

    select
        rates.entity_id as customer_id,
        {{ collection_columns('rates') }}
    from rates
    where rates.entity_kind = 'customer'
        and rates.has_activity

)

select * from by_customer
