{{ config(materialized='view') }}

with events as (

    select business_date, owned_on, customer_id, employee_id, 'collected_amount' as measure, amount
    from {{ ref('int_collected_events') }}
    union all
    select business_date, owned_on, customer_id, employee_id, 'collected_bill_amount', amount
    from {{ ref('int_collected_events') }} where is_bill
    union all
    select received_on, received_on, customer_id, received_by, 'received_amount', amount
    from {{ ref('int_receipt_parts') }} where kind != 'deposit'
    union all
    select received_on, owned_on, customer_id, employee_id, 'unapplied_amount', amount
    from {{ ref('int_receipt_parts') }} where kind in ('receipt', 'advance') and document_id is null

),

summed as (

    select
        business_date,
        owned_on,
        customer_id,
        employee_id,
        {% for measure in ['collected_amount', 'collected_bill_amount', 'received_amount', 'unapplied_amount'] %}
        sum(case when measure = '{{ measure }}' then amount else 0 end) as {{ measure }},
        {% endfor %}
        count(*) as activity_count
    from events
    group by business_date, owned_on, customer_id, employee_id

),

with_unit as (

    select
        summed.*,
        {{ credited_unit('sellers') }}
    from summed
    left join {{ ref('int_seller_units') }} as sellers
        on summed.employee_id = sellers.employee_id
        and summed.owned_on >= sellers.valid_from
        and summed.owned_on < sellers.valid_to

),

receipt_days as (

    {{ day_rows('with_unit', [
        'collected_amount', 'collected_bill_amount', 'received_amount', 'unapplied_amount', 'activity_count',
    ]) }}

)

select * from receipt_days
