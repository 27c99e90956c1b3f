with books as (

    select * from {{ ref('int_receivable_books') }}

),

invoice_documents as (

    select
        invoices.invoice_id as document_id,
        'invoice' as document_kind,
        invoices.invoiced_on as document_date,
        invoices.invoiced_on as entered_on,
        invoices.due_on as given_due_on,
        invoices.customer_id,
        invoices.employee_id,
        invoices.order_id,
        invoices.currency,
        invoices.exchange_rate,
        invoices.gross_amount as amount
    from {{ ref('int_invoices_in_company_currency') }} as invoices
    cross join books
    where invoices.status = 'confirmed'
        and invoices.exchange_rate is not null
        and (books.opened_on is null or invoices.invoiced_on >= books.opened_on)

),

opening_documents as (

    select
        invoice_id as document_id,
        'opening' as document_kind,
        invoiced_on as document_date,
        {{ day_before('opened_on') }} as entered_on,
        due_on as given_due_on,
        customer_id,
        employee_id,
        cast(null as {{ dbt.type_string() }}) as order_id,
        cast(null as {{ dbt.type_string() }}) as currency,
        1 as exchange_rate,
        open_amount as amount
    from {{ ref('stg_opening_balances') }} as balances
    where {{ outside_the_group('balances') }}

),

billed_documents as (

    select * from invoice_documents
    union all
    select * from opening_documents

),

credit_documents as (

    select
        credit_notes.credit_note_id as document_id,
        'credit_note' as document_kind,
        credit_notes.credited_on as document_date,
        credit_notes.credited_on as entered_on,
        credit_notes.credited_on as given_due_on,
        credit_notes.customer_id,
        credit_notes.employee_id,
        cast(null as {{ dbt.type_string() }}) as order_id,
        cast(null as {{ dbt.type_string() }}) as currency,
        1 as exchange_rate,
        - credit_notes.gross_amount as amount
    from {{ ref('stg_credit_notes') }} as credit_notes
    cross join books
    left join billed_documents
        on credit_notes.invoice_id = billed_documents.document_id
    where billed_documents.document_id is null
        and {{ outside_the_group('credit_notes') }}
        and (books.opened_on is null or credit_notes.credited_on >= books.opened_on)

),

known_by_then as (

    select * from billed_documents where entered_on <= {{ as_of() }}
    union all
    select * from credit_documents where entered_on <= {{ as_of() }}

)

select * from known_by_then
