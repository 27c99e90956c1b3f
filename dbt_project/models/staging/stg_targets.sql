with source as (

    {{ corrected('targets') }}

),

-- A target counted in pieces is another one than that in metres; money has one unit, whatever it is called.
renamed as (

    select
        level,
        owner_id,
        metric,
        product_line,
        territory_id,
        customer_id,
        case when metric = 'order_quantity' then unit end as quantity_unit,
        stage,
        period_label,
        period_start,
        period_end,
        target_value,
        unit,
        coalesce(version, 1) as version,
        submitted_on,
        approved_on,
        approved_by,
        owner_person,
        parent_owner_id,
        method,
        basis,
        reason,
        _extracted_on as known_on,
        _file,
        _line
    from source

),

-- A blank version is the first, so that it may meet one that says so: the later file counts.
final as (

    select *
    from renamed
    qualify row_number() over (
        partition by {{ target_key() }}, stage, period_label, period_start, version
        order by _file desc, _line desc
    ) = 1

)

select * from final
