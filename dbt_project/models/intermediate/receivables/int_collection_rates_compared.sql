with rates as (

    select * from {{ ref('int_collection_rates') }}

),

periods as (

    select period_type, period_start, cutoff, prior_start, prior_cutoff, prior_year_start, prior_year_cutoff
    from {{ ref('dim_period') }}
    where has_begun

),

-- A running period has none to stand beside: of the earlier one, only the whole is known.
equally_long as (

    select
        periods.period_type,
        periods.period_start,
        prior.period_start as prior_start,
        prior_year.period_start as prior_year_start
    from periods
    left join periods as prior
        on periods.period_type = prior.period_type
        and periods.prior_start = prior.period_start
        and periods.prior_cutoff = prior.cutoff
    left join periods as prior_year
        on periods.period_type = prior_year.period_type
        and periods.prior_year_start = prior_year.period_start
        and periods.prior_year_cutoff = prior_year.cutoff

),

-- Rates of two variants are no comparison.
compared as (

    select
        rates.entity_kind,
        rates.entity_id,
        rates.period_type,
        rates.period_start,
        rates.collection_numerator_amount,
        rates.collection_denominator_amount,
        rates.collection_rate,
        rates.collection_rate_variant,
        prior.collection_rate as prior_collection_rate,
        prior_year.collection_rate as prior_year_collection_rate
    from rates
    inner join equally_long
        on rates.period_type = equally_long.period_type
        and rates.period_start = equally_long.period_start
    {% for before in ['prior', 'prior_year'] %}
    left join rates as {{ before }}
        on rates.entity_kind = {{ before }}.entity_kind
        and rates.entity_id = {{ before }}.entity_id
        and rates.period_type = {{ before }}.period_type
        and equally_long.{{ before }}_start = {{ before }}.period_start
        and rates.collection_rate_variant = {{ before }}.collection_rate_variant
    {% endfor %}

)

select * from compared
