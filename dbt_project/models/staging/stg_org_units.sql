with source as (

    {{ corrected('org_units') }}

),

renamed as (

    select
        org_unit_id,
        valid_from,
        valid_to,
        parent_org_unit_id,
        name,
        name_en,
        org_level,
        manager_employee_id,
        _file,
        _line
    from source

)

select * from renamed
