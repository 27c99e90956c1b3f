with source as (

    {{ corrected('write_offs') }}

),

renamed as (

    select
        write_off_id,
        invoice_id,
        customer_id,
        written_off_on,
        amount,
        reason,
        _file,
        _line
    from source

)

select * from renamed
