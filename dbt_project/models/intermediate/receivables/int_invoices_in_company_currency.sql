with invoices as (

    select
        invoices.*,
        rates.rate as exchange_rate
    from {{ ref('stg_invoices') }} as invoices
    left join {{ ref('int_exchange_rates') }} as rates
        on invoices.currency = rates.currency
        and invoices.invoiced_on >= rates.valid_from
        and invoices.invoiced_on < rates.valid_to

),

converted as (

    select
        *,
        {{ money('original_net_amount * exchange_rate') }} as net_amount,
        {{ money('original_gross_amount * exchange_rate') }} as gross_amount
    from invoices

)

select * from converted
