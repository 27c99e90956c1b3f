with given as (

    select
        *,
        max(delivered_on) over () is not null as tells_arrivals
    from {{ ref('stg_deliveries') }}
    where shipped_on <= {{ as_of() }}

),

-- Who sends no day of arrival has goods arrive on the day they leave.
deliveries as (

    select
        delivery_id,
        order_id,
        line_number,
        shipped_on,
        quantity,
        promised_on,
        case when tells_arrivals then delivered_on else shipped_on end as delivered_on,
        needs_installation,
        installed_on,
        accepted_on,
        employee_id,
        _file,
        _line
    from given

),

placed as (

    select
        deliveries.delivery_id,
        deliveries.order_id,
        deliveries.line_number,
        lines.customer_id,
        lines.product_id,
        coalesce(deliveries.employee_id, lines.employee_id) as employee_id,
        coalesce(lines.org_unit_id, 'unassigned') as org_unit_id,
        coalesce(lines.unit_since, {{ first_day() }}) as unit_since,
        lines.business_date as ordered_on,
        deliveries.quantity,
        coalesce(deliveries.promised_on, lines.promised_on) as promised_on,
        deliveries.shipped_on,
        {% for day in ['delivered_on', 'installed_on', 'accepted_on'] %}
        case when deliveries.{{ day }} <= {{ as_of() }} then deliveries.{{ day }} end as {{ day }},
        {% endfor %}
        coalesce(deliveries.needs_installation = 'yes', false) as needs_installation,
        rules.on_time_tolerance_days,
        rules.delivery_to_acceptance_days,
        deliveries._file,
        deliveries._line
    from deliveries
    left join {{ ref('int_order_lines') }} as lines
        on deliveries.order_id = lines.order_id
        and deliveries.line_number = lines.line_number
    left join {{ source('rulebook', 'order_to_cash') }} as rules
        on {{ in_force('rules', 'deliveries.shipped_on') }}

),

judged as (

    select
        *,
        quantity < 0 as is_return,
        case when quantity > 0 then coalesce(delivered_on <= {{ add_days('promised_on', 'on_time_tolerance_days') }}, false) end
            as is_on_time,
        {{ dbt.datediff('delivered_on', 'accepted_on', 'day') }} as acceptance_days,
        {{ add_days('delivered_on', 'delivery_to_acceptance_days') }} as accept_by
    from placed

)

select * from judged
