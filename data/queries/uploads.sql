SELECT upload_number, kind, file_name, title, uploaded_at, source_url, licence, sha256, cells_in, cells_kept, cells_set_aside,
       upload_id
FROM upload
WHERE upload_id IN (SELECT unnest($uploads))
ORDER BY upload_number DESC
