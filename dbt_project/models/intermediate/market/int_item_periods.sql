{% set windows = [('', 'period_start', 'cutoff'), ('before_', 'prior_year_start', 'prior_year_cutoff')] %}
with days as (

    select
        lines.business_date,
        coalesce(lines.territory_id, 'unknown') as territory_id,
        coalesce(lines.product_line, 'unclassified') as segment,
        coalesce(lines.product_id, 'none') as product_id,
        coalesce(products.unit_of_measure, 'none') as unit_of_measure,
        sum(lines.net_amount) as amount,
        sum(lines.quantity) as quantity,
        sum(case when products.list_price_amount > 0 then lines.net_amount end) as listed_amount,
        sum(case when products.list_price_amount > 0 then lines.quantity * products.list_price_amount end) as list_value
    from {{ ref('int_order_lines') }} as lines
    left join {{ ref('dim_product') }} as products
        on lines.product_id = products.product_id
    where lines.net_amount is not null
    group by lines.business_date, coalesce(lines.territory_id, 'unknown'), coalesce(lines.product_line, 'unclassified'),
        coalesce(lines.product_id, 'none'), coalesce(products.unit_of_measure, 'none')

),

periods as (

    {{ market_periods() }}

),

days_of_windows as (

    {% for prefix, first, after in windows %}
    select '{{ prefix }}' as prefix, periods.period_type, periods.period_start, days.business_date
    from (select distinct business_date from days) as days
    inner join periods
        on days.business_date >= periods.{{ first }}
        and days.business_date < periods.{{ after }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

windows as (

    select
        windows.prefix,
        windows.period_type,
        windows.period_start,
        days.territory_id,
        days.segment,
        days.product_id,
        days.unit_of_measure,
        sum(days.amount) as amount,
        sum(days.quantity) as quantity,
        sum(days.listed_amount) as listed_amount,
        sum(days.list_value) as list_value
    from days
    inner join days_of_windows as windows
        on days.business_date = windows.business_date
    group by windows.prefix, windows.period_type, windows.period_start, days.territory_id, days.segment, days.product_id,
        days.unit_of_measure

),

items as (

    select
        windows.period_type,
        windows.period_start,
        closure.ancestor_id as territory_id,
        windows.segment,
        windows.product_id,
        windows.unit_of_measure,
        {% for prefix, first, after in windows %}
        sum(case when prefix = '{{ prefix }}' then amount else 0 end) as {{ prefix }}amount,
        sum(case when prefix = '{{ prefix }}' then quantity else 0 end) as {{ prefix }}quantity,
        {% endfor %}
        sum(case when prefix = '' then listed_amount end) as listed_amount,
        sum(case when prefix = '' then list_value end) as list_value
    from windows
    inner join {{ ref('int_territory_closure') }} as closure
        on windows.territory_id = closure.descendant_id
    group by windows.period_type, windows.period_start, closure.ancestor_id, windows.segment, windows.product_id,
        windows.unit_of_measure

)

select * from items
