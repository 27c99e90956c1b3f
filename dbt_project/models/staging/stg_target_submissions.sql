with source as (

    {{ corrected('target_submissions') }}

),

renamed as (

    select
        level,
        owner_id,
        metric,
        product_line,
        case when metric = 'order_quantity' then unit end as quantity_unit,
        period_label,
        proposed_value,
        unit,
        submitted_on,
        answer,
        comment,
        answered_on,
        answered_by,
        _file,
        _line
    from source

),

final as (

    select *
    from renamed
    qualify row_number() over (
        partition by level, owner_id, metric, product_line, quantity_unit, period_label
        order by _file desc, _line desc
    ) = 1

)

select * from final
