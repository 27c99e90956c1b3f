{{ config(materialized='view') }}

with spans as (

    select
        document_id,
        instalment_number,
        business_date as valid_from,
        coalesce(next_date, {{ far_day() }}) as valid_to,
        open_amount
    from {{ ref('int_instalment_days') }}

)

select * from spans
where open_amount != 0
