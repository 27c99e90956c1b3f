with source as (

    {{ corrected('invoice_instalments') }}

),

renamed as (

    select
        invoice_id,
        instalment_number,
        due_on,
        amount,
        kind,
        promised_on,
        _file,
        _line
    from source

)

select * from renamed
