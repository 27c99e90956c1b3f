-- Lists confirmed order lines in a currency without a rate on their day; their amounts would silently be missing.
select order_id, line_number, currency, business_date
from {{ ref('int_order_lines') }}
where exchange_rate is null
