with versions as (

    select * from {{ ref('stg_opportunity_versions') }}
    where created_on <= {{ as_of() }}

),

-- What the first export says held since the creation: nothing older is known.
known_by_then as (

    select *
    from versions
    where version_number = 1
        or known_on <= {{ as_of() }}

),

in_company_currency as (

    select
        known_by_then.opportunity_id,
        known_by_then.version_number,
        coalesce(known_by_then.known_on, known_by_then.created_on) as known_on,
        known_by_then.is_deleted,
        known_by_then.customer_id,
        known_by_then.employee_id,
        coalesce({{ stage_meant() }}, known_by_then.stage) as stage,
        known_by_then.status,
        known_by_then.created_on,
        known_by_then.expected_close_on,
        known_by_then.closed_on,
        rates.rate as exchange_rate,
        {{ converted('known_by_then.amount', 'rates.rate') }} as amount,
        known_by_then.product_line,
        known_by_then.lead_source,
        known_by_then.lost_reason,
        known_by_then.competitor_id,
        known_by_then.need,
        known_by_then.budget_amount,
        known_by_then.decision_maker,
        known_by_then.next_step,
        known_by_then.next_step_on
    from known_by_then
    {{ join_stage_names('known_by_then') }}
    left join {{ ref('int_exchange_rates') }} as rates
        on known_by_then.currency = rates.currency
        and known_by_then.created_on >= rates.valid_from
        and known_by_then.created_on < rates.valid_to

)

select * from in_company_currency
