with quotes as (

    select
        quotes.*,
        {{ credited_unit('sellers') }},
        {{ converted('quotes.list_amount', 'rates.rate') }} as list_value,
        {{ converted('quotes.net_amount', 'rates.rate') }} as net_value
    from {{ ref('stg_quotes') }} as quotes
    left join {{ ref('int_seller_units') }} as sellers
        on quotes.employee_id = sellers.employee_id
        and quotes.quoted_on >= sellers.valid_from
        and quotes.quoted_on < sellers.valid_to
    left join {{ ref('int_exchange_rates') }} as rates
        on quotes.currency = rates.currency
        and quotes.quoted_on >= rates.valid_from
        and quotes.quoted_on < rates.valid_to
    where quotes.status <> 'draft'
        and quotes.quoted_on <= {{ as_of() }}

),

versions as (

    select
        *,
        row_number() over family as round_number,
        lead(quoted_on) over family as superseded_on,
        lag(list_value) over family as prior_list_value,
        lag(net_value) over family as prior_net_value,
        min(quoted_on) over (partition by quote_family_id) as first_quoted_on
    from quotes
    window family as (partition by quote_family_id order by version_number, quoted_on, quote_id)

),

stated as (

    select
        versions.*,
        case when versions.superseded_on is null then
            case versions.status
                when 'ordered' then coalesce(versions.decided_on, orders.ordered_on, versions.quoted_on)
                when 'lost' then coalesce(versions.decided_on, versions.valid_until, versions.quoted_on)
            end
        end as stated_on,
        {{ add_days('versions.valid_until', 'rules.quote_grace_days + 1') }} as lapses_on
    from versions
    left join {{ ref('stg_orders') }} as orders
        on versions.order_id = orders.order_id
    left join {{ source('rulebook', 'order_to_cash') }} as rules
        on {{ in_force('rules', 'versions.quoted_on') }}

),

decided as (

    select
        *,
        case
            when superseded_on is not null then 'superseded'
            when stated_on <= {{ as_of() }} then status
            when lapses_on <= {{ as_of() }} then 'expired'
            else 'open'
        end as outcome
    from stated

),

final as (

    select
        quote_id,
        quote_family_id,
        version_number,
        round_number,
        first_quoted_on,
        quoted_on,
        superseded_on,
        valid_until,
        customer_id,
        employee_id,
        org_unit_id,
        unit_since,
        opportunity_id,
        order_id,
        outcome,
        case
            when outcome in ('ordered', 'lost') then stated_on
            when outcome = 'expired' then lapses_on
        end as decided_on,
        list_value as list_amount,
        net_value as net_amount,
        -- What the round gave: the price of the version before, on this one's list, less this price.
        case when prior_list_value > 0 and list_value > 0 then
            {{ money('cast(prior_net_value as decimal(28, 2)) * list_value / prior_list_value - net_value') }}
        end as round_discount_amount,
        _file,
        _line
    from decided

)

select * from final
