{% set counts = ['issued', 'decided', 'ordered', 'lost', 'expired', 'decided_round', 'round', 'open', 'expired_open'] %}
{% set amounts = [
    'decided', 'ordered', 'ordered_list', 'ordered_discount', 'round_discount', 'round_list', 'open', 'expired_open',
] %}
with spine as (

    {{ units_by_period(ref('int_quotes')) }}

),

quotes as (

    {{ with_units_above(ref('int_quotes')) }}

),

periods as (

    select * from {{ ref('dim_period') }}
    where has_begun

),

issued as (

    select
        quotes.above_id as org_unit_id,
        periods.period_type,
        periods.period_start,
        count(case when round_number = 1 then 1 end) as issued_count,
        count(case when round_number > 1 then 1 end) as round_count,
        sum(round_discount_amount) as round_discount_amount,
        sum(case when round_discount_amount is not null then list_amount end) as round_list_amount
    from quotes
    inner join periods
        on {{ happened_in('quotes.quoted_on') }}
    group by 1, 2, 3

),

-- A family is decided once, in its latest version; what lapsed is lost.
decided as (

    select
        quotes.above_id as org_unit_id,
        periods.period_type,
        periods.period_start,
        count(*) as decided_count,
        count(case when outcome = 'ordered' then 1 end) as ordered_count,
        count(case when outcome = 'lost' then 1 end) as lost_count,
        count(case when outcome = 'expired' then 1 end) as expired_count,
        sum(round_number - 1) as decided_round_count,
        sum(net_amount) as decided_amount,
        sum(case when outcome = 'ordered' then net_amount end) as ordered_amount,
        sum(case when outcome = 'ordered' and net_amount is not null then list_amount end) as ordered_list_amount,
        sum(case when outcome = 'ordered' then list_amount - net_amount end) as ordered_discount_amount
    from quotes
    inner join periods
        on {{ happened_in('quotes.decided_on') }}
    group by 1, 2, 3

),

open_quotes as (

    select
        quotes.above_id as org_unit_id,
        periods.period_type,
        periods.period_start,
        count(*) as open_count,
        sum(net_amount) as open_amount,
        sum({{ dbt.datediff('first_quoted_on', day_before('cutoff'), 'day') }}) as open_age_days,
        count(case when {{ add_days('valid_until', 1) }} < cutoff then 1 end) as expired_open_count,
        sum(case when {{ add_days('valid_until', 1) }} < cutoff then net_amount end) as expired_open_amount
    from quotes
    inner join periods
        on {{ stood_at_the_end('quotes.quoted_on', 'coalesce(quotes.superseded_on, quotes.decided_on)') }}
    group by 1, 2, 3

),

joined as (

    select
        spine.*,
        {% for name in counts %}
        cast(coalesce({{ name }}_count, 0) as bigint) as {{ name }}_count,
        {% endfor %}
        {% for name in amounts %}
        {{ money('coalesce(' ~ name ~ '_amount, 0)') }} as {{ name }}_amount,
        {% endfor %}
        {{ days('open_age_days / nullif(open_count, 0)') }} as open_mean_age_days
    from spine
    {% for sums in ['issued', 'decided', 'open_quotes'] %}
    left join {{ sums }}
        on {{ of_unit_and_period(sums) }}
    {% endfor %}

)

select
    org_unit_id, org_level, is_leaf, period_type, period_start, period_label, period_state,
    issued_count,
    decided_count,
    ordered_count,
    lost_count,
    expired_count,
    {{ rate('ordered_count', 'decided_count') }} as quote_to_order_rate,
    decided_amount,
    ordered_amount,
    {{ rate('ordered_amount', 'decided_amount') }} as quote_to_order_value_rate,
    decided_round_count,
    {{ rate('decided_round_count', 'decided_count') }} as rounds_per_quote,
    ordered_list_amount,
    ordered_discount_amount,
    {{ rate('ordered_discount_amount', 'ordered_list_amount') }} as ordered_discount_rate,
    round_count,
    round_list_amount,
    round_discount_amount,
    {{ rate('round_discount_amount', 'round_list_amount') }} as discount_per_round_rate,
    open_count,
    open_amount,
    open_mean_age_days,
    expired_open_count,
    expired_open_amount
from joined
