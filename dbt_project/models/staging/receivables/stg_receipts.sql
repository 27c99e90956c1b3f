with source as (

    {{ latest_version(source('raw', 'receipts'), ['receipt_id']) }}

),

renamed as (

    select
        receipt_id,
        received_on,
        customer_id,
        employee_id,
        amount as original_amount,
        coalesce(kind, 'receipt') as kind,
        method,
        matures_on,
        coalesce(currency, {{ company_currency() }}) as currency,
        _file,
        _line
    from source

)

select * from renamed
