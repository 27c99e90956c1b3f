with source as (

    {{ corrected('invoices') }}

),

renamed as (

    select
        invoice_id,
        invoiced_on,
        due_on,
        customer_id,
        employee_id,
        order_id,
        net_amount as original_net_amount,
        gross_amount as original_gross_amount,
        coalesce(currency, {{ company_currency() }}) as currency,
        coalesce(status, 'confirmed') as status,
        legal_entity_id,
        _file,
        _line
        {{- extra_columns('invoices') }}
    from source

)

select * from renamed
