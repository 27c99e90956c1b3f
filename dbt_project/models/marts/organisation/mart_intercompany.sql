with documents as (

    select * from {{ ref('int_intercompany_documents') }}

),

periods as (

    select * from {{ ref('dim_period') }}
    where has_begun

),

-- What was billed and not paid by the end of a period, whenever that was.
sums as (

    select
        documents.legal_entity_id,
        documents.counterparty_entity_id,
        periods.period_type,
        periods.period_start,
        {% for measure in ['booked_amount', 'invoiced_amount', 'billed_amount', 'received_amount'] %}
        sum(case when documents.business_date >= periods.period_start and documents.document_kind <> 'opening'
            then documents.{{ measure }} else 0 end) as {{ measure }},
        {% endfor %}
        sum(documents.billed_amount - documents.received_amount) as receivable_amount,
        count(case when documents.business_date >= periods.period_start then 1 end) as document_count
    from documents
    inner join periods
        on documents.business_date < periods.cutoff
    group by documents.legal_entity_id, documents.counterparty_entity_id, periods.period_type, periods.period_start

)

select
    sums.legal_entity_id,
    coalesce(sellers.name, sums.legal_entity_id) as name,
    coalesce(sellers.name_en, sellers.name, sums.legal_entity_id) as name_en,
    sums.counterparty_entity_id,
    coalesce(buyers.name, sums.counterparty_entity_id) as counterparty_name,
    coalesce(buyers.name_en, buyers.name, sums.counterparty_entity_id) as counterparty_name_en,
    sums.period_type,
    sums.period_start,
    periods.period_label,
    periods.period_state,
    {{ money('sums.booked_amount') }} as booked_amount,
    {{ money('sums.invoiced_amount') }} as invoiced_amount,
    {{ money('sums.billed_amount') }} as billed_amount,
    {{ money('sums.received_amount') }} as received_amount,
    {{ money('sums.receivable_amount') }} as receivable_amount,
    sums.document_count
from sums
inner join periods
    on sums.period_type = periods.period_type
    and sums.period_start = periods.period_start
left join {{ ref('stg_legal_entities') }} as sellers
    on sums.legal_entity_id = sellers.legal_entity_id
left join {{ ref('stg_legal_entities') }} as buyers
    on sums.counterparty_entity_id = buyers.legal_entity_id
