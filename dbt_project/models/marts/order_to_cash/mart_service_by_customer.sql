{{ service_by('customer_id') }}
