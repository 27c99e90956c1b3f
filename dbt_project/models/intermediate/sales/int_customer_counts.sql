with customer_days as (

    select distinct business_date, employee_id, org_unit_id, unit_since, customer_id
    from {{ ref('int_customer_days') }}

),

periods as (

    select * from {{ ref('dim_period') }}
    where has_begun

),

-- Every window begins with a period, so a customer counts in it from the first day in that period on.
days_of_periods as (

    select days.business_date, periods.period_type, periods.period_start
    from (select distinct business_date from customer_days) as days
    inner join periods
        on days.business_date >= periods.period_start
        and days.business_date < periods.period_end

),

first_days_of_sellers as (

    select
        periods.period_type,
        periods.period_start,
        customer_days.employee_id,
        customer_days.org_unit_id,
        customer_days.unit_since,
        customer_days.customer_id,
        min(customer_days.business_date) as first_day
    from customer_days
    inner join days_of_periods as periods
        on customer_days.business_date = periods.business_date
    group by 1, 2, 3, 4, 5, 6

),

owned as (

    select 'employee' as owner_kind, employee_id as owner_id, period_type, period_start, customer_id, first_day
    from first_days_of_sellers
    where employee_id is not null
    union all
    select 'org_unit', closure.ancestor_id, days.period_type, days.period_start, days.customer_id, days.first_day
    from first_days_of_sellers as days
    inner join {{ ref('dim_org_unit_closure') }} as closure
        on days.org_unit_id = closure.descendant_id
        and days.unit_since >= closure.valid_from
        and days.unit_since < closure.valid_to

),

first_days as (

    select owner_kind, owner_id, period_type, period_start, customer_id, min(first_day) as first_day
    from owned
    group by owner_kind, owner_id, period_type, period_start, customer_id

),

new_on_day as (

    select owner_kind, owner_id, period_type, period_start, first_day, count(*) as customer_count
    from first_days
    group by owner_kind, owner_id, period_type, period_start, first_day

),

counts as (

    {% for prefix, first, after in performance_windows() %}
    select
        new_on_day.owner_kind,
        new_on_day.owner_id,
        periods.period_type,
        periods.period_start,
        '{{ prefix }}' as prefix,
        sum(new_on_day.customer_count) as customer_count
    from periods
    inner join new_on_day
        on new_on_day.period_type = {{ "'year'" if 'ytd' in prefix else 'periods.period_type' }}
        and new_on_day.period_start = periods.{{ first }}
        and new_on_day.first_day < periods.{{ after }}
    group by new_on_day.owner_kind, new_on_day.owner_id, periods.period_type, periods.period_start
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
