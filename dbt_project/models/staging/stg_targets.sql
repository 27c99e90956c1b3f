with source as (

    {{ corrected('targets') }}

),

renamed as (

    select
        level,
        owner_id,
        metric,
        product_line,
        period_label,
        period_start,
        period_end,
        target_value,
        unit,
        coalesce(version, 1) as version,
        approved_on,
        basis,
        _file,
        _line
    from source

)

select * from renamed
