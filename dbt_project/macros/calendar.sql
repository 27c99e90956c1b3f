{# One row per day from `first` to `last`, both counted. #}
{% macro day_series(first, last) -%}
    {{ return(adapter.dispatch('day_series')(first, last)) }}
{%- endmacro %}

{% macro default__day_series(first, last) -%}
    select cast(unnest(generate_series({{ first }}, {{ last }}, interval 1 day)) as date) as day
{%- endmacro %}

{% macro spark__day_series(first, last) -%}
    select explode(sequence({{ first }}, {{ last }}, interval 1 day)) as day
{%- endmacro %}

{# The first day of a month. #}
{% macro make_day(year, month) -%}
    {{ return(adapter.dispatch('make_day')(year, month)) }}
{%- endmacro %}

{% macro default__make_day(year, month) -%}
    make_date(cast({{ year }} as integer), cast({{ month }} as integer), 1)
{%- endmacro %}

{# The company's month to which a day belongs, named by the first day of the calendar month in which it ends. #}
{% macro month_of(day, month_end_day) -%}
    cast({{ dbt.dateadd('month', 'case when extract(day from ' ~ day ~ ') > ' ~ month_end_day ~ ' then 1 else 0 end',
        dbt.date_trunc('month', day)) }} as date)
{%- endmacro %}

{# The first day of the company's month of that name: the day after the one on which the month before ends. #}
{% macro month_start(month, month_end_day) -%}
    case when {{ month_end_day }} = 31 then {{ month }} else cast({{ dbt.dateadd('day', month_end_day,
        dbt.dateadd('month', -1, month)) }} as date) end
{%- endmacro %}

{# How many days a stretch of days shares with the validity of a row that overlaps it. #}
{% macro days_shared(first_day, end_day, valid) -%}
    {{ dbt.datediff('greatest(' ~ first_day ~ ', ' ~ valid ~ '.valid_from)', 'least(' ~ end_day ~ ', ' ~ valid ~ '.valid_to)', 'day') }}
{%- endmacro %}
