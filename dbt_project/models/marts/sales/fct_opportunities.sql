select
    opportunities.opportunity_id,
    opportunities.created_on as business_date,
    opportunities.name,
    opportunities.customer_id,
    opportunities.employee_id,
    coalesce(assignments.org_unit_id, 'unassigned') as org_unit_id,
    opportunities.stage,
    opportunities.status,
    opportunities.expected_close_on,
    opportunities.closed_on,
    {{ converted('opportunities.amount', 'rates.rate') }} as amount,
    opportunities.product_line,
    opportunities.lead_source,
    opportunities.lost_reason,
    opportunities.competitor_id,
    opportunities._file,
    opportunities._line
    {{- extra_columns('opportunities', 'opportunities') }}
from {{ ref('stg_opportunities') }} as opportunities
left join {{ ref('int_seller_units') }} as assignments
    on opportunities.employee_id = assignments.employee_id
    and opportunities.created_on >= assignments.valid_from
    and opportunities.created_on < assignments.valid_to
left join {{ ref('int_exchange_rates') }} as rates
    on opportunities.currency = rates.currency
    and opportunities.created_on >= rates.valid_from
    and opportunities.created_on < rates.valid_to
where opportunities.created_on <= {{ as_of() }}
