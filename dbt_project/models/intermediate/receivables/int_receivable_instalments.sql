with documents as (

    select * from {{ ref('int_receivable_documents') }}

),

stated_instalments as (

    select
        documents.document_id,
        instalments.instalment_number,
        coalesce(instalments.kind, 'progress') as instalment_kind,
        instalments.due_on,
        false as is_due_assumed,
        instalments.promised_on,
        {{ converted('instalments.amount', 'documents.exchange_rate') }} as amount
    from {{ ref('stg_invoice_instalments') }} as instalments
    inner join documents
        on instalments.invoice_id = documents.document_id
        and documents.document_kind = 'invoice'

),

stated_totals as (

    select
        document_id,
        max(instalment_number) as last_number,
        sum(amount) as amount
    from stated_instalments
    group by document_id

),

rest_of_document as (

    select
        documents.document_id,
        coalesce(stated_totals.last_number, 0) + 1 as instalment_number,
        'progress' as instalment_kind,
        coalesce(
            documents.given_due_on,
            {{ add_days('documents.document_date', 'coalesce(customers.credit_days, 0)') }}
        ) as due_on,
        documents.given_due_on is null as is_due_assumed,
        cast(null as date) as promised_on,
        documents.amount - coalesce(stated_totals.amount, 0) as amount
    from documents
    left join stated_totals
        on documents.document_id = stated_totals.document_id
    left join {{ ref('stg_customers') }} as customers
        on documents.customer_id = customers.customer_id
    where documents.amount != coalesce(stated_totals.amount, 0)
        or stated_totals.document_id is null

),

instalments as (

    select * from stated_instalments
    union all
    select * from rest_of_document

)

select
    document_id,
    instalment_number,
    instalment_kind,
    cast(due_on as date) as due_on,
    is_due_assumed,
    promised_on,
    {{ money('amount') }} as amount
from instalments
