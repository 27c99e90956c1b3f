with source as (

    {{ latest_version(source('raw', 'exchange_rates'), ['currency', 'to_currency', 'valid_on']) }}

),

renamed as (

    select
        currency,
        to_currency,
        valid_on,
        rate,
        _file,
        _line
    from source

)

select * from renamed
