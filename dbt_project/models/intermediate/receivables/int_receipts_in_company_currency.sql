with receipts as (

    select
        receipts.*,
        rates.rate as exchange_rate
    from {{ ref('stg_receipts') }} as receipts
    left join {{ ref('int_exchange_rates') }} as rates
        on receipts.currency = rates.currency
        and receipts.received_on >= rates.valid_from
        and receipts.received_on < rates.valid_to

),

converted as (

    select
        *,
        {{ money('original_amount * exchange_rate') }} as amount
    from receipts

)

select * from converted
