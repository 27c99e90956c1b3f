with cases as (

    select
        cases.case_id,
        cases.opened_on,
        cases.customer_id,
        cases.product_id,
        cases.employee_id,
        {{ credited_unit('sellers') }},
        cases.kind,
        case when cases.first_response_on <= {{ as_of() }} then cases.first_response_on end as first_response_on,
        case when cases.resolved_on <= {{ as_of() }} then cases.resolved_on end as resolved_on,
        cases.reopened_count,
        {{ add_days('cases.opened_on', 'rules.first_response_days') }} as respond_by,
        {{ add_days('cases.opened_on', 'rules.resolution_days') }} as resolve_by,
        cases._file,
        cases._line
    from {{ ref('stg_service_cases') }} as cases
    left join {{ ref('int_seller_units') }} as sellers
        on cases.employee_id = sellers.employee_id
        and cases.opened_on >= sellers.valid_from
        and cases.opened_on < sellers.valid_to
    left join {{ source('rulebook', 'order_to_cash') }} as rules
        on {{ in_force('rules', 'cases.opened_on') }}
    where cases.opened_on <= {{ as_of() }}

),

-- What is not answered counts as late once its limit is past; before, it is neither.
judged as (

    select
        *,
        case when first_response_on is not null or respond_by < {{ as_of() }}
            then coalesce(first_response_on <= respond_by, false) end as is_answered_in_time,
        case when resolved_on is not null or resolve_by < {{ as_of() }}
            then coalesce(resolved_on <= resolve_by, false) end as is_resolved_in_time,
        {{ dbt.datediff('opened_on', 'first_response_on', 'day') }} as first_response_days,
        {{ dbt.datediff('opened_on', 'resolved_on', 'day') }} as resolution_days
    from cases

)

select * from judged
