with receipts as (

    select
        *,
        {{ exchange_rate_on('currency', 'received_on') }} as exchange_rate
    from {{ ref('stg_receipts') }}

),

converted as (

    select
        *,
        {{ money('original_amount * exchange_rate') }} as amount
    from receipts

)

select * from converted
