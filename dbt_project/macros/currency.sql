{# Documents with their amounts in the company's currency, at the rate of their day; null where there is none.
   Those with others, unless those within the group are asked for. #}
{% macro in_company_currency(documents, day, amounts, within_group=false) -%}
with documents as (

    select
        documents.*,
        rates.rate as exchange_rate
    from {{ documents }} as documents
    left join {{ ref('int_exchange_rates') }} as rates
        on documents.currency = rates.currency
        and documents.{{ day }} >= rates.valid_from
        and documents.{{ day }} < rates.valid_to
    where {{ within_the_group('documents') if within_group else outside_the_group('documents') }}

),

converted as (

    select
        *,
        {{ converted_amounts(amounts) }}
    from documents

)

select * from converted
{%- endmacro %}

{# At a rate of one nothing is multiplied: the product of two decimals is wide, and costly to narrow again. #}
{% macro converted(amount, rate, decimals=2) -%}
    case when {{ rate }} = 1 then cast({{ amount }} as decimal(18, {{ decimals }}))
        else cast({{ amount }} * {{ rate }} as decimal(18, {{ decimals }})) end
{%- endmacro %}

{% macro converted_amounts(amounts) -%}
    {% for amount in amounts %}
        {{ converted('original_' ~ amount, 'exchange_rate') }} as {{ amount }}{{ ',' if not loop.last }}
    {% endfor %}
{%- endmacro %}
