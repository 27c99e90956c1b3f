{# What is summed over a period, and what stands at its end. #}
{% macro summed_measures() -%}
    {{ return([
        'sales_amount', 'booked_amount', 'shipped_amount', 'invoiced_amount', 'gross_margin_amount', 'collected_amount',
        'order_count', 'new_customer_count', 'won_count', 'lost_count',
    ]) }}
{%- endmacro %}

{# Metrics that a target can be set for, and that stand beside the results. #}
{% macro target_metrics() -%}
    {{ return([
        'sales_amount', 'booked_amount', 'invoiced_amount', 'gross_margin_amount', 'collected_amount', 'new_customer_count',
    ]) }}
{%- endmacro %}

{# Amounts keep their cents, counts are whole. #}
{% macro typed_measure(expression, measure) -%}
    {%- if measure.endswith('_count') -%} cast({{ expression }} as bigint)
    {%- else -%} {{ money(expression) }}
    {%- endif -%}
{%- endmacro %}

{# Running totals by day of one owner's measures: any window is the difference of two of its rows. #}
{% macro running_totals(daily, owner) -%}
{% set measures = summed_measures() + ['backlog_amount'] %}
with daily as (

    select * from {{ daily }}

),

owners as (

    select distinct {{ owner }} from daily

),

by_day as (

    select
        owners.{{ owner }},
        days.day,
        {% for measure in measures %}
        sum(case when daily.measure = '{{ measure }}' then daily.amount else 0 end) as {{ measure }}{{ ',' if not loop.last }}
        {% endfor %}
    from owners
    cross join {{ ref('dim_date') }} as days
    left join daily
        on owners.{{ owner }} = daily.{{ owner }}
        and days.day = daily.business_date
    where days.day <= {{ as_of() }}
    group by owners.{{ owner }}, days.day

),

running as (

    select
        {{ owner }},
        day,
        {% for measure in measures %}
        sum({{ measure }}) over (
            partition by {{ owner }} order by day rows between unbounded preceding and current row
        ) as {{ measure }}{{ ',' if not loop.last }}
        {% endfor %}
    from by_day

)

select * from running
{%- endmacro %}

{# The windows of a period, as: prefix of the columns, first day, day after the last. #}
{% macro performance_windows() -%}
    {{ return([
        ('', 'period_start', 'cutoff'),
        ('prior_', 'prior_start', 'prior_cutoff'),
        ('prior_year_', 'prior_year_start', 'prior_year_cutoff'),
        ('ytd_', 'ytd_start', 'cutoff'),
        ('ytd_prior_year_', 'prior_year_ytd_start', 'prior_year_cutoff'),
    ]) }}
{%- endmacro %}

{# Every measure of every owner in every window of every period that has begun; no shipping dates, no such figures.
   Last year may be read from other totals: those of the units that carry the business on. #}
{% macro measures_by_period(running, owner, of_last_year=none) -%}
with running as (

    select * from {{ running }}

),

shipping as (

    select is_supplied from {{ ref('int_shipping_supplied') }}

),

periods as (

    select * from {{ ref('dim_period') }}
    where has_begun

),

owners as (

    select distinct {{ owner }} from running

),

windows as (

    select
        owners.{{ owner }},
        periods.period_type,
        periods.period_start,
        {% for prefix, first, after in performance_windows() %}
        {% for measure in summed_measures() %}
        case when periods.{{ first }} is not null {{- ' and shipping.is_supplied' if measure == 'shipped_amount' }} then {{ typed_measure(
            'coalesce(' ~ prefix ~ 'last.' ~ measure ~ ', 0) - coalesce(' ~ prefix ~ 'first.' ~ measure ~ ', 0)', measure) }}
        end as {{ prefix }}{{ measure }},
        {% endfor %}
        {% endfor %}
        {% for prefix, first, after in performance_windows() if 'ytd' not in prefix %}
        case when periods.{{ first }} is not null and shipping.is_supplied
            then {{ money('coalesce(' ~ prefix ~ 'last.backlog_amount, 0)') }}
        end as {{ prefix }}backlog_amount{{ ',' if not loop.last }}
        {% endfor %}
    from owners
    cross join periods
    cross join shipping
    {% for prefix, first, after in performance_windows() %}
    {% set totals = of_last_year if of_last_year and 'prior_year' in prefix else 'running' %}
    left join {{ totals }} as {{ prefix }}first
        on owners.{{ owner }} = {{ prefix }}first.{{ owner }}
        and {{ prefix }}first.day = {{ day_before('periods.' ~ first) }}
    left join {{ totals }} as {{ prefix }}last
        on owners.{{ owner }} = {{ prefix }}last.{{ owner }}
        and {{ prefix }}last.day = {{ day_before('periods.' ~ after) }}
    {% endfor %}

)

select * from windows
{%- endmacro %}

{# The rate that the rulebook names as headline, its parts, and the same rate of the periods to compare with. #}
{% macro collection_of_performance() -%}
    {{ return([
        'collection_rate', 'collection_rate_variant', 'collection_numerator_amount', 'collection_denominator_amount',
        'prior_collection_rate', 'prior_year_collection_rate',
    ]) }}
{%- endmacro %}

{# The performance of owners (employees or units) by period: measures, targets, rates. #}
{% macro performance(measures, owner_kind, owner) -%}
with measures as (

    select * from {{ measures }}

),

basis as (

    select basis, effective_from, coalesce(effective_to, {{ far_day() }}) as effective_to
    from {{ source('rulebook', 'sales_basis') }}

),

joined as (

    select
        measures.*,
        periods.period_label,
        periods.period_state,
        basis.basis as sales_basis,
        {% for prefix, first, after in performance_windows() %}
        {% set there = "case when periods." ~ first ~ " is not null then coalesce(customers." ~ prefix ~ "customer_count, 0) end" %}
        cast({{ there }} as bigint) as {{ prefix }}customer_count,
        {% endfor %}
        {% for kind in ['target', 'ytd_target', 'year_target'] %}
        {% for metric in target_metrics() %}
        targets.{{ kind }}_{{ metric }},
        {% endfor %}
        {% endfor %}
        coalesce(targets.has_part_period_target, false) as has_part_period_target,
        {% for name in collection_of_performance() %}
        collection.{{ name }},
        {% endfor %}
        {{ rate(dbt.datediff('periods.ytd_start', 'periods.cutoff', 'day'),
                dbt.datediff('periods.ytd_start', 'periods.year_end', 'day')) }} as time_elapsed_rate
    from measures
    inner join {{ ref('dim_period') }} as periods
        on measures.period_type = periods.period_type
        and measures.period_start = periods.period_start
    left join basis
        on measures.period_start >= basis.effective_from
        and measures.period_start < basis.effective_to
    left join {{ ref('int_customer_counts') }} as customers
        on customers.owner_kind = '{{ owner_kind }}'
        and measures.{{ owner }} = customers.owner_id
        and measures.period_type = customers.period_type
        and measures.period_start = customers.period_start
    left join {{ ref('int_targets_by_period') }} as targets
        on targets.owner_kind = '{{ owner_kind }}'
        and measures.{{ owner }} = targets.owner_id
        and measures.period_type = targets.period_type
        and measures.period_start = targets.period_start
    left join {{ ref('int_collection_rates_compared') }} as collection
        on collection.entity_kind = '{{ owner_kind }}'
        and measures.{{ owner }} = collection.entity_id
        and measures.period_type = collection.period_type
        and measures.period_start = collection.period_start

),

rated as (

    select
        joined.*,
        target_sales_amount as target_amount,
        ytd_target_sales_amount as ytd_target_amount,
        year_target_sales_amount as year_target_amount,
        {{ rate('sales_amount', 'target_sales_amount') }} as attainment_rate,
        {{ rate('ytd_sales_amount', 'ytd_target_sales_amount') }} as ytd_attainment_rate,
        {{ rate('ytd_sales_amount', 'year_target_sales_amount') }} as year_attainment_rate,
        {{ rate('gross_margin_amount', 'booked_amount') }} as gross_margin_rate,
        {{ rate('prior_gross_margin_amount', 'prior_booked_amount') }} as prior_gross_margin_rate,
        {{ rate('prior_year_gross_margin_amount', 'prior_year_booked_amount') }} as prior_year_gross_margin_rate,
        {{ rate('ytd_gross_margin_amount', 'ytd_booked_amount') }} as ytd_gross_margin_rate,
        {{ rate('won_count', 'won_count + lost_count') }} as win_rate,
        {{ rate('ytd_won_count', 'ytd_won_count + ytd_lost_count') }} as ytd_win_rate
    from joined

)
{%- endmacro %}

{# The columns of both performance marts, in their order. #}
{% macro performance_columns(relation) -%}
    {% set names = ['period_type', 'period_start', 'period_label', 'period_state', 'sales_basis'] %}
    {% for prefix, first, after in performance_windows() %}
    {% for measure in summed_measures() + ['customer_count'] %}
    {% do names.append(prefix ~ measure) %}
    {% endfor %}
    {% endfor %}
    {% do names.extend(['backlog_amount', 'prior_backlog_amount', 'prior_year_backlog_amount']) %}
    {% for kind in ['target', 'ytd_target', 'year_target'] %}
    {% for metric in target_metrics() if metric != 'sales_amount' %}
    {% do names.append(kind ~ '_' ~ metric) %}
    {% endfor %}
    {% do names.append(kind ~ '_amount') %}
    {% endfor %}
    {% do names.extend([
        'has_part_period_target', 'attainment_rate', 'ytd_attainment_rate', 'year_attainment_rate', 'time_elapsed_rate',
        'gross_margin_rate', 'prior_gross_margin_rate', 'prior_year_gross_margin_rate', 'ytd_gross_margin_rate',
        'win_rate', 'ytd_win_rate',
    ] + collection_of_performance()) %}
    {{ relation }}.{{ names | join(',\n        ' ~ relation ~ '.') }}
{%- endmacro %}
