with source as (

    {{ corrected('receipt_applications') }}

),

renamed as (

    select
        application_id,
        receipt_id,
        invoice_id,
        instalment_number,
        applied_on,
        amount,
        _file,
        _line
    from source

)

select * from renamed
