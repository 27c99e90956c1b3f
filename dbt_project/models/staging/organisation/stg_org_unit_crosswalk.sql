with source as (

    {{ corrected('org_unit_crosswalk') }}

),

renamed as (

    select
        old_org_unit_id,
        new_org_unit_id,
        valid_from,
        share,
        _file,
        _line
    from source

)

select * from renamed
