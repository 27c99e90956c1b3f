with source as (

    {{ corrected('receipts') }}

),

renamed as (

    select
        receipt_id,
        received_on,
        customer_id,
        employee_id,
        case when kind = 'refund' then - abs(amount) else amount end as original_amount,
        case when amount < 0 and coalesce(kind, 'receipt') = 'receipt' then 'refund' else coalesce(kind, 'receipt') end as kind,
        method,
        matures_on,
        coalesce(currency, {{ company_currency() }}) as currency,
        legal_entity_id,
        _file,
        _line
        {{- extra_columns('receipts') }}
    from source

)

select * from renamed
