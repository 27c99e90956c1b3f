{{ in_company_currency(ref('stg_invoices'), 'invoiced_on', ['net_amount', 'gross_amount'], within_group=true) }}
