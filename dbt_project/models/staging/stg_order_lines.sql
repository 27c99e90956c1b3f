with source as (

    {{ corrected('order_lines') }}

),

renamed as (

    select
        order_id,
        line_number,
        product_id,
        quantity,
        net_amount,
        cost_amount,
        shipped_on,
        promised_on,
        _file,
        _line
        {{- extra_columns('order_lines') }}
    from source

)

select * from renamed
