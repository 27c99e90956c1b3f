with source as (

    {{ latest_version(source('raw', 'territories'), ['territory_id']) }}

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
