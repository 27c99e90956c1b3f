with source as (

    {{ latest_version(source('raw', 'invoice_instalments'), ['invoice_id', 'instalment_number']) }}

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
