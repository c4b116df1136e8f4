-- An order entered by hand was asked what commission it could earn, and the answer was kept as commission that had come. Nobody ever said
-- that it came. Nor does any shop say how such an order stands: the word that was kept as a shop's was our own.
UPDATE "order" SET commission_estimated = commission_settled, commission_settled = NULL, source_status = ''
WHERE source_key GLOB 'hand:*' AND commission_estimated IS NULL;
