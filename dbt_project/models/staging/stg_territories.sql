with source as (

    {{ corrected('territories') }}

),

renamed as (

    select
        territory_id,
        parent_territory_id,
        name,
        name_en,
        _file,
        _line
    from source

)

select * from renamed
