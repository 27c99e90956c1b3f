-- Lists confirmed orders in a currency without a rate on their day; their amounts would silently be missing.
select distinct order_id, currency, business_date
from {{ ref('int_order_lines') }}
where exchange_rate is null
