with source as (

    {{ corrected('handovers') }}

),

renamed as (

    select
        handover_id,
        interface,
        document_id,
        from_employee_id,
        to_employee_id,
        requested_on,
        answered_on,
        outcome,
        reason,
        _file,
        _line
    from source

)

select * from renamed
