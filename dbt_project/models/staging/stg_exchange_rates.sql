with source as (

    {{ corrected('exchange_rates') }}

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
