with source as (

    {{ corrected('legal_entities') }}

),

renamed as (

    select
        legal_entity_id,
        name,
        name_en,
        currency,
        org_unit_id,
        _file,
        _line
    from source

)

select * from renamed
