with quotes as (

    select
        opportunity_id,
        count(distinct quote_family_id) as quote_count,
        min(first_quoted_on) as first_quoted_on,
        {{ money("sum(case when outcome <> 'superseded' then net_amount end)") }} as quoted_amount
    from {{ ref('int_quotes') }}
    where opportunity_id is not null
    group by opportunity_id

),

contracts as (

    select opportunity_id, count(*) as contract_count, min(signed_on) as signed_on, {{ money('sum(amount)') }} as contract_amount
    from {{ ref('int_sales_contracts') }}
    where opportunity_id is not null
    group by opportunity_id

),

-- Deals are followed from the first contract or order that names one: before, nobody wrote it down.
begun as (

    select min(day) as first_day
    from (
        select min(signed_on) as day from {{ ref('int_sales_contracts') }} where opportunity_id is not null
        union all
        select min(decided_on) from {{ ref('int_quotes') }}
        where opportunity_id is not null and order_id is not null and outcome = 'ordered'
    ) as days

),

joined as (

    select
        opportunities.opportunity_id,
        opportunities.customer_id,
        opportunities.employee_id,
        opportunities.org_unit_id,
        opportunities.owned_on as unit_since,
        opportunities.created_on,
        opportunities.status,
        opportunities.closed_on,
        opportunities.amount,
        quotes.first_quoted_on,
        coalesce(quotes.quote_count, 0) as quote_count,
        quotes.quoted_amount,
        contracts.signed_on,
        coalesce(contracts.contract_count, 0) as contract_count,
        contracts.contract_amount,
        orders.ordered_on,
        coalesce(orders.order_count, 0) as order_count,
        orders.ordered_amount,
        orders.shipped_on,
        orders.invoiced_on,
        orders.invoiced_amount,
        orders.invoiced_gross_amount,
        orders.collected_on,
        orders.collected_amount,
        case when opportunities.status = 'won' then {{ add_days('opportunities.closed_on', 'rules.won_to_contract_days') }} end as sign_by,
        case when opportunities.status = 'won' then {{ add_days('opportunities.closed_on', 'rules.won_to_order_days') }} end as order_by,
        {{ add_days('orders.ordered_on', 'rules.order_to_shipment_days') }} as ship_by,
        rules.amount_tolerance_rate,
        opportunities.status = 'won' and coalesce(
            contracts.contract_count > 0 or orders.order_count > 0
            or (opportunities.closed_on >= begun.first_day and opportunities.amount >= rules.follow_from_amount), false
        ) as is_followed
    from {{ ref('int_opportunities') }} as opportunities
    cross join begun
    left join quotes
        on opportunities.opportunity_id = quotes.opportunity_id
    left join contracts
        on opportunities.opportunity_id = contracts.opportunity_id
    left join {{ ref('int_deal_orders') }} as orders
        on opportunities.opportunity_id = orders.opportunity_id
    left join {{ source('rulebook', 'order_to_cash') }} as rules
        on {{ in_force('rules', 'coalesce(opportunities.closed_on, opportunities.created_on)') }}

),

compared as (

    select
        *,
        case
            when status <> 'won' and order_count > 0 then 'ordered_not_won'
            when not is_followed then null
            when order_count = 0 and order_by >= {{ as_of() }} then 'timing'
            when order_count = 0 then 'missing'
            when abs(ordered_amount - amount) <= amount * amount_tolerance_rate then 'matched'
            else 'different'
        end as order_state,
        case
            when order_count = 0 then null
            when abs(invoiced_amount - ordered_amount) <= ordered_amount * amount_tolerance_rate then 'matched'
            when invoiced_amount > ordered_amount then 'different'
            when shipped_on is null and ship_by >= {{ as_of() }} then 'timing'
            else 'missing'
        end as invoice_state,
        case
            when status in ('lost', 'excluded') then status
            when order_count > 0 then
                case
                    when collected_amount >= invoiced_gross_amount and invoiced_amount >= ordered_amount * (1 - amount_tolerance_rate) then 'paid'
                    when invoiced_amount >= ordered_amount * (1 - amount_tolerance_rate) then 'invoiced'
                    when shipped_on is not null then 'shipped'
                    else 'ordered'
                end
            when contract_count > 0 then 'signed'
            when status = 'won' then 'won'
            when quote_count > 0 then 'quoted'
            else 'opportunity'
        end as stands_at
    from joined

)

select * from compared
