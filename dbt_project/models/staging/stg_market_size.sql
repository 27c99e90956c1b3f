with source as (

    {{ corrected('market_size') }}

),

renamed as (

    select
        period_label,
        segment,
        territory_id,
        amount,
        source,
        published_on,
        largest_competitor_amount,
        quantity,
        _file,
        _line
    from source

)

select * from renamed
