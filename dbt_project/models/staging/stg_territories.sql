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
        {{- extra_columns('territories') }}
    from source

)

select * from renamed
