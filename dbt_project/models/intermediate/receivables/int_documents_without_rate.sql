with documents as (

    select
        'invoice' as document_kind, invoice_id as document_id, invoiced_on as business_date, customer_id, employee_id,
        currency, original_gross_amount as original_amount, exchange_rate, _file, _line
    from {{ ref('int_invoices_in_company_currency') }}
    where status = 'confirmed'
    union all
    select
        'receipt', receipt_id, received_on, customer_id, employee_id,
        currency, original_amount, exchange_rate, _file, _line
    from {{ ref('int_receipts_in_company_currency') }}

),

without_rate as (

    select * from documents
    where exchange_rate is null
        and business_date <= {{ as_of() }}

)

select * from without_rate
