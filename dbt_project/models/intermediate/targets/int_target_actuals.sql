{% set last_year = 'cast(' ~ dbt.dateadd('year', -1, 'targets.period_start') ~ ' as date)' %}
with targets as (

    select * from {{ ref('int_targets') }}
    where period_start <= {{ as_of() }}

),

results as (

    select
        target_id,
        max(case when part = 'numerator' and window_name = 'now' then amount end) as amount,
        max(case when part = 'denominator' and window_name = 'now' then amount end) as base_amount,
        max(case when part = 'numerator' and window_name = 'last_year' then amount end) as last_year_amount,
        max(case when part = 'denominator' and window_name = 'last_year' then amount end) as last_year_base_amount
    from {{ ref('int_target_results') }}
    group by target_id

),

joined as (

    select
        targets.target_id,
        case
            when targets.metric in ('{{ additive_metrics() | join("', '") }}') then coalesce(results.amount, 0)
            when targets.metric = 'gross_margin_rate' then {{ rate('results.amount', 'results.base_amount') }}
            when targets.metric = 'customer_count' then coalesce(customers.customer_count, 0)
            when targets.metric = 'customer_growth_rate'
                then {{ rate('customers.customer_count - customers.prior_year_customer_count', 'customers.prior_year_customer_count') }}
            when targets.metric = 'share_rate' then {{ rate('markets.covered_sales_amount', 'markets.market_amount') }}
        end as actual_value,
        case
            when targets.metric in ('{{ additive_metrics() | join("', '") }}') then results.last_year_amount
            when targets.metric = 'gross_margin_rate' then {{ rate('results.last_year_amount', 'results.last_year_base_amount') }}
            when targets.metric = 'customer_count' then customers.prior_year_customer_count
            when targets.metric = 'share_rate' then {{ rate('markets_before.covered_sales_amount', 'markets_before.market_amount') }}
        end as last_year_value
    from targets
    left join results
        on targets.target_id = results.target_id
    left join {{ ref('int_customer_counts') }} as customers
        on targets.owner_kind = customers.owner_kind
        and targets.owner_id = customers.owner_id
        and targets.period_type = customers.period_type
        and targets.period_start = customers.period_start
    {% for markets, start in [('markets', 'targets.period_start'), ('markets_before', last_year)] %}
    left join {{ ref('int_market_by_cell') }} as {{ markets }}
        on targets.metric = 'share_rate'
        and targets.period_type = {{ markets }}.period_type
        and {{ start }} = {{ markets }}.period_start
        and case when targets.level = 'product_line' then targets.owner_id else coalesce(targets.product_line, 'all') end
            = {{ markets }}.segment
        and case when targets.level = 'territory' then targets.owner_id else coalesce(targets.territory_id, 'all') end
            = {{ markets }}.territory_id
    {% endfor %}

)

select
    target_id,
    cast(actual_value as decimal(28, 6)) as actual_value,
    cast(last_year_value as decimal(28, 6)) as last_year_value
from joined
