with source as (

    {{ latest_version(source('raw', 'competitors'), ['competitor_id']) }}

),

renamed as (

    select
        competitor_id,
        name,
        name_en,
        _file,
        _line
    from source

)

select * from renamed
