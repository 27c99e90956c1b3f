with source as (

    {{ corrected('employee_assignments') }}

),

renamed as (

    select
        employee_id,
        valid_from,
        valid_to,
        org_unit_id,
        territory_id,
        role,
        _file,
        _line
    from source

)

select * from renamed
