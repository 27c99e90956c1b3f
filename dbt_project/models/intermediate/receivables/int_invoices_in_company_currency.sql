with invoices as (

    select
        *,
        {{ exchange_rate_on('currency', 'invoiced_on') }} as exchange_rate
    from {{ ref('stg_invoices') }}

),

converted as (

    select
        *,
        {{ money('original_net_amount * exchange_rate') }} as net_amount,
        {{ money('original_gross_amount * exchange_rate') }} as gross_amount
    from invoices

)

select * from converted
