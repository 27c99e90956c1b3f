with festivals as (

    select
        cast(extract(year from day) as integer) as festival_year,
        day as festival_day,
        compare_days
    from {{ source('rulebook', 'spring_festivals') }}
    where day <= {{ as_of() }}

),

windows as (

    select festival_year, festival_day, 'before' as span, {{ add_days('festival_day', '-compare_days') }} as first_day, compare_days
    from festivals
    union all
    select festival_year, festival_day, 'after', festival_day, compare_days from festivals

),

-- What runs still is compared with as many days.
counted as (

    select
        windows.*,
        cast(least(compare_days, {{ dbt.datediff('first_day', as_of(), 'day') }} + 1) as integer) as days
    from windows

),

compared as (

    select
        counted.festival_year,
        counted.festival_day,
        counted.span,
        counted.days,
        counted.first_day,
        {{ add_days('counted.first_day', 'counted.days') }} as end_day,
        before.first_day as prior_year_first_day,
        {{ add_days('before.first_day', 'counted.days') }} as prior_year_end_day
    from counted
    left join counted as before
        on counted.festival_year = before.festival_year + 1
        and counted.span = before.span
        and before.first_day >= (select first_day from {{ ref('int_calendar_bounds') }})

),

running as (

    select org_unit_id, day, sales_amount from {{ ref('int_unit_running_totals') }}

),

final as (

    select
        units.org_unit_id,
        units.org_level,
        units.is_leaf,
        compared.festival_year,
        compared.festival_day,
        compared.span,
        compared.first_day,
        compared.end_day,
        compared.days,
        compared.prior_year_first_day,
        {{ money('coalesce(last.sales_amount, 0) - coalesce(first.sales_amount, 0)') }} as sales_amount,
        case when compared.prior_year_first_day is not null
            then {{ money('coalesce(prior_last.sales_amount, 0) - coalesce(prior_first.sales_amount, 0)') }}
        end as prior_year_sales_amount
    from compared
    cross join {{ ref('dim_org_unit') }} as units
    {% for name, day in [('first', 'first_day'), ('last', 'end_day'), ('prior_first', 'prior_year_first_day'),
                         ('prior_last', 'prior_year_end_day')] %}
    left join running as {{ name }}
        on units.org_unit_id = {{ name }}.org_unit_id
        and {{ name }}.day = {{ day_before('compared.' ~ day) }}
    {% endfor %}

)

select *, {{ rate('sales_amount - prior_year_sales_amount', 'prior_year_sales_amount') }} as growth_rate
from final
