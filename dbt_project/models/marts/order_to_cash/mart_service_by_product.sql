{{ service_by('product_id') }}
