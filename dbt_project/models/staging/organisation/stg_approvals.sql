with source as (

    {{ corrected('approvals') }}

),

renamed as (

    select
        approval_id,
        kind,
        document_id,
        requested_by_employee_id,
        approved_by_employee_id,
        approved_on,
        discount_rate,
        amount,
        coalesce(decision, 'approved') as decision,
        _file,
        _line
    from source

)

select * from renamed
