with source as (

    {{ corrected('credit_notes') }}

),

renamed as (

    select
        credit_note_id,
        invoice_id,
        customer_id,
        employee_id,
        credited_on,
        abs(net_amount) as net_amount,
        abs(gross_amount) as gross_amount,
        reason,
        _file,
        _line
        {{- extra_columns('credit_notes') }}
    from source

)

select * from renamed
