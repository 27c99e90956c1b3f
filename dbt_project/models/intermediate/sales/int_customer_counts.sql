with customer_days as (

    select distinct events.business_date, events.employee_id, events.org_unit_id, events.customer_id
    from {{ ref('int_credited_events') }} as events
    where events.measure in ('booked_amount', 'invoiced_amount')
        and events.customer_id is not null

),

owned as (

    select 'employee' as owner_kind, employee_id as owner_id, business_date, customer_id
    from customer_days
    where employee_id is not null
    union
    select 'org_unit', closure.ancestor_id, customer_days.business_date, customer_days.customer_id
    from customer_days
    inner join {{ ref('dim_org_unit_closure') }} as closure
        on customer_days.org_unit_id = closure.descendant_id
        and customer_days.business_date >= closure.valid_from
        and customer_days.business_date < closure.valid_to

),

counts as (

    {% for prefix, first, after in performance_windows() %}
    select
        owned.owner_kind,
        owned.owner_id,
        periods.period_type,
        periods.period_start,
        '{{ prefix }}' as prefix,
        count(distinct owned.customer_id) as customer_count
    from {{ ref('dim_period') }} as periods
    inner join owned
        on owned.business_date >= periods.{{ first }}
        and owned.business_date < periods.{{ after }}
    where periods.has_begun
    group by owned.owner_kind, owned.owner_id, periods.period_type, periods.period_start
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

side_by_side as (

    select
        owner_kind,
        owner_id,
        period_type,
        period_start,
        {% for prefix, first, after in performance_windows() %}
        max(case when prefix = '{{ prefix }}' then customer_count end) as {{ prefix }}customer_count{{ ',' if not loop.last }}
        {% endfor %}
    from counts
    group by owner_kind, owner_id, period_type, period_start

)

select * from side_by_side
