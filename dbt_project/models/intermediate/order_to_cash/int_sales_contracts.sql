with signed as (

    select *
    from {{ ref('stg_sales_contracts') }}
    where signed_on <= {{ as_of() }}
        and status in ('active', 'ended')

),

placed as (

    select
        signed.contract_id,
        signed.signed_on,
        signed.customer_id,
        signed.employee_id,
        {{ credited_unit('sellers') }},
        signed.opportunity_id,
        signed.order_id,
        {{ converted('signed.amount', 'rates.rate') }} as amount,
        signed.starts_on,
        signed.ends_on,
        signed.term,
        signed.status,
        signed.has_attachment,
        signed._file,
        signed._line
    from signed
    left join {{ ref('int_seller_units') }} as sellers
        on signed.employee_id = sellers.employee_id
        and signed.signed_on >= sellers.valid_from
        and signed.signed_on < sellers.valid_to
    left join {{ ref('int_exchange_rates') }} as rates
        on signed.currency = rates.currency
        and signed.signed_on >= rates.valid_from
        and signed.signed_on < rates.valid_to

),

compared as (

    select
        placed.*,
        opportunities.closed_on as won_on,
        opportunities.amount as opportunity_amount,
        orders.ordered_on,
        {{ dbt.datediff('opportunities.closed_on', 'placed.signed_on', 'day') }} as won_to_signed_days,
        {{ dbt.datediff('placed.signed_on', 'orders.ordered_on', 'day') }} as signed_to_ordered_days,
        placed.signed_on <= {{ add_days('opportunities.closed_on', 'rules.won_to_contract_days') }} as is_signed_in_time
    from placed
    left join {{ ref('int_opportunities') }} as opportunities
        on placed.opportunity_id = opportunities.opportunity_id
        and opportunities.status = 'won'
    left join {{ ref('stg_orders') }} as orders
        on placed.order_id = orders.order_id
        and orders.status = 'confirmed'
        and orders.ordered_on <= {{ as_of() }}
    left join {{ source('rulebook', 'order_to_cash') }} as rules
        on {{ in_force('rules', 'opportunities.closed_on') }}

)

select * from compared
