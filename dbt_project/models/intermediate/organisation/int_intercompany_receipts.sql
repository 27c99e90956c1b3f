{{ in_company_currency(ref('stg_receipts'), 'received_on', ['amount'], within_group=true) }}
