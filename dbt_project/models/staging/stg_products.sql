with source as (

    {{ corrected('products') }}

),

renamed as (

    select
        product_id,
        name,
        name_en,
        product_line,
        product_line_en,
        category,
        unit_of_measure,
        standard_cost_amount,
        list_price_amount,
        launched_on,
        _file,
        _line
        {{- extra_columns('products') }}
    from source

)

select * from renamed
