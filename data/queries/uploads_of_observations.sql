SELECT u.upload_number, u.kind, u.file_name, u.title, u.uploaded_at, u.source_url, u.licence, u.sha256,
       u.cells_in, u.cells_kept, u.cells_set_aside, u.upload_id
FROM upload AS u
WHERE EXISTS (SELECT 1 FROM observation AS o WHERE o.upload_id = u.upload_id AND o.commune_code IN (SELECT unnest($territory)))
ORDER BY u.upload_number DESC
