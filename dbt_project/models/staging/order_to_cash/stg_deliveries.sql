with source as (

    {{ corrected('deliveries') }}

),

renamed as (

    select
        delivery_id,
        order_id,
        line_number,
        shipped_on,
        quantity,
        promised_on,
        delivered_on,
        needs_installation,
        installed_on,
        accepted_on,
        employee_id,
        _file,
        _line
    from source

)

select * from renamed
