with customer_days as (

    select distinct
        business_date,
        customer_id,
        coalesce(product_line, 'unclassified') as segment,
        coalesce(territory_id, 'unknown') as territory_id
    from {{ ref('int_customer_days') }}

),

periods as (

    {{ market_periods() }}

),

days_of_windows as (

    {% for prefix, first, after in market_windows() if prefix != 'prior_' %}
    select '{{ prefix }}' as prefix, periods.period_type, periods.period_start, days.business_date
    from (select distinct business_date from customer_days) as days
    inner join periods
        on days.business_date >= periods.{{ first }}
        and days.business_date < periods.{{ after }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

windows as (

    select distinct
        windows.prefix,
        windows.period_type,
        windows.period_start,
        customer_days.segment,
        customer_days.territory_id,
        customer_days.customer_id
    from customer_days
    inner join days_of_windows as windows
        on customer_days.business_date = windows.business_date

),

with_the_whole as (

    select prefix, period_type, period_start, segment, territory_id, customer_id from windows
    union
    select prefix, period_type, period_start, 'all', territory_id, customer_id from windows

),

counted as (

    select
        customers.period_type,
        customers.period_start,
        customers.segment,
        closure.ancestor_id as territory_id,
        count(distinct case when customers.prefix = '' then customers.customer_id end) as customer_count,
        count(distinct case when customers.prefix = 'prior_year_' then customers.customer_id end) as prior_year_customer_count
    from with_the_whole as customers
    inner join {{ ref('int_territory_closure') }} as closure
        on customers.territory_id = closure.descendant_id
    group by customers.period_type, customers.period_start, customers.segment, closure.ancestor_id

)

select * from counted
