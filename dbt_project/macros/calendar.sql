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

{# How many days a stretch of days shares with the validity of a row that overlaps it. #}
{% macro days_shared(first_day, end_day, valid) -%}
    {{ dbt.datediff('greatest(' ~ first_day ~ ', ' ~ valid ~ '.valid_from)', 'least(' ~ end_day ~ ', ' ~ valid ~ '.valid_to)', 'day') }}
{%- endmacro %}
