-- C3: what was received is applied or unapplied, nothing else. Other currencies differ by the change of the rate.
select receipt_id, amount, applied_amount, unapplied_amount
from {{ ref('fct_receipts') }}
where amount != applied_amount + unapplied_amount
    and currency = {{ company_currency() }}
