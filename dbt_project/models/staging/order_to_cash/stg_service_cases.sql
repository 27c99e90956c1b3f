with source as (

    {{ corrected('service_cases') }}

),

renamed as (

    select
        case_id,
        opened_on,
        customer_id,
        product_id,
        employee_id,
        kind,
        first_response_on,
        resolved_on,
        coalesce(reopened_count, 0) as reopened_count,
        status,
        _file,
        _line
    from source

)

select * from renamed
