"""Write-audit-publish: the audited marts become a publication, atomically."""
