with source as (

    {{ corrected('opening_balances') }}

),

renamed as (

    select
        invoice_id,
        customer_id,
        employee_id,
        invoiced_on,
        due_on,
        open_amount,
        opened_on,
        _file,
        _line
    from source

)

select * from renamed
