{% set counts = ['followed', 'without_contract', 'overdue', 'signed', 'timed', 'in_time', 'compared', 'without_attachment'] %}
with spine as (

    {{ units_by_period(ref('int_sales_contracts')) }}

),

periods as (

    select * from {{ ref('dim_period') }}
    where has_begun

),

contracts as (

    {{ with_units_above(ref('int_sales_contracts')) }}

),

deals as (

    {{ with_units_above(ref('int_deals')) }}

),

won as (

    select
        deals.above_id as org_unit_id,
        periods.period_type,
        periods.period_start,
        count(*) as followed_count,
        sum(amount) as followed_amount,
        count(case when contract_count = 0 then 1 end) as without_contract_count,
        sum(case when contract_count = 0 then amount end) as without_contract_amount,
        count(case when contract_count = 0 and sign_by < {{ as_of() }} then 1 end) as overdue_count
    from deals
    inner join periods
        on {{ happened_in('deals.closed_on') }}
    where deals.is_followed
    group by 1, 2, 3

),

signed as (

    select
        contracts.above_id as org_unit_id,
        periods.period_type,
        periods.period_start,
        count(*) as signed_count,
        sum(amount) as signed_amount,
        count(is_signed_in_time) as timed_count,
        count(case when is_signed_in_time then 1 end) as in_time_count,
        count(amount + opportunity_amount) as compared_count,
        sum(case when amount is not null then opportunity_amount end) as opportunity_amount,
        sum(amount - opportunity_amount) as difference_amount,
        count(case when coalesce(has_attachment, 'no') <> 'yes' then 1 end) as without_attachment_count,
        percentile_cont(0.5) within group (order by won_to_signed_days) as won_to_signed_days,
        percentile_cont(0.5) within group (order by signed_to_ordered_days) as signed_to_ordered_days
    from contracts
    inner join periods
        on {{ happened_in('contracts.signed_on') }}
    group by 1, 2, 3

)

select
    spine.*,
    {% for name in counts %}
    cast(coalesce({{ name }}_count, 0) as bigint) as {{ name }}_count,
    {% endfor %}
    {% for name in ['followed', 'without_contract', 'signed', 'opportunity', 'difference'] %}
    {{ money('coalesce(' ~ name ~ '_amount, 0)') }} as {{ name }}_amount,
    {% endfor %}
    {{ rate('in_time_count', 'timed_count') }} as signed_in_time_rate,
    {{ rate('difference_amount', 'opportunity_amount') }} as difference_rate,
    {{ days('won_to_signed_days') }} as won_to_signed_median_days,
    {{ days('signed_to_ordered_days') }} as signed_to_ordered_median_days
from spine
left join won
    on {{ of_unit_and_period('won') }}
left join signed
    on {{ of_unit_and_period('signed') }}
