-- Where the publisher writes nothing, spaces or a point, the value is missing: never zero.
-- What cannot be a text, a number or a count is refused by value: never rounded, cut off or read as missing.
create macro zonder_stuurtekens(x) as regexp_replace(x, '[\x00-\x1F\x7F]', '�', 'g');
create macro weiger(wat, x) as error(wat || ': ''' || zonder_stuurtekens(trim(cast(x as varchar))) || '''');
create macro tekst(x) as case
    when regexp_matches(cast(x as varchar), '[\x00-\x1F\x7F]') then weiger('stuurteken in een tekst', x)
    else nullif(trim(cast(x as varchar)), '') end;
create macro gegeven(x) as nullif(nullif(trim(cast(x as varchar)), '.'), '');
create macro telbaar(x) as coalesce(
    isfinite(try_cast(x as double)) and not (try_cast(x as double) = 0 and starts_with(x, '-')), false);
create macro getal(x) as case
    when gegeven(x) is null then null
    when telbaar(gegeven(x)) then cast(gegeven(x) as double)
    else weiger('geen eindig getal', x) end;
create macro geheel(x) as case
    when gegeven(x) is null then null
    when telbaar(gegeven(x)) and abs(cast(gegeven(x) as double)) < 9e15
        and cast(gegeven(x) as double) % 1 = 0 then cast(cast(gegeven(x) as double) as bigint)
    else weiger('geen geheel getal', x) end;
create macro gebied(x) as case when trim(x) = 'NL01' then 'NL00' else tekst(x) end;  -- tekst() once: it is dear
create macro periode(x) as coalesce(
    nullif(regexp_extract(x, '^(\d{4})(JJ|SJ)00$', 1), ''),
    nullif(replace(regexp_extract(x, '^\d{4}MM\d{2}$'), 'MM', '-'), ''),
    error('onbekende periode: ' || x));
-- A table says what it knows up to the day that its publisher changed it, and without one that of fetching.
create macro stand_van(modified, fetched_at) as cast(left(coalesce(modified, fetched_at), 10) as date);
create macro eerste_dag(periode) as cast(if(length(periode) = 4, periode || '-01', periode) || '-01' as date);
-- What begins after that day is not running but wrong: a check names it.
create macro loopt_nog(periode, stand) as coalesce(eerste_dag(periode) <= stand and stand
    < eerste_dag(periode) + if(length(periode) = 4, interval 1 year, interval 1 month) - interval 1 day, false);
create macro plaats_onbekend(x) as
    substr(x, 3, 4) in ('0000', '0998', '0999') or x in ('LD99', 'PV99', 'RE99')
        or ((ends_with(x, '9997') or ends_with(x, '9998'))
            and (starts_with(x, 'WK') or starts_with(x, 'BU')));
-- MINSTE_INWONERS of pipeline/words/status.py; measured, see beslissingen.md.
create macro te_weinig_inwoners(x) as x < 200;

-- A table that bears its publisher's name has it once.
create macro bron_naam(uitgever, tabel) as if(starts_with(tabel, uitgever), tabel, uitgever || ' ' || tabel);
create macro niveau(code) as case left(code, 2)
    when 'NL' then 'land' when 'GM' then 'gemeente' when 'WK' then 'wijk' when 'BU' then 'buurt' end;

-- The one margin with which a figure is shown and judged: judged_interval of statistics/dispersion.py.
-- `onder` and `boven` are the exact bounds of the count, a and b stand in statistiek.spreiding.
create macro spreidingsfactor(aantal, a, b) as sqrt(greatest(1, coalesce(a, 1) + coalesce(b, 0) * aantal));
create macro marge_onder(aantal, onder, a, b) as case when onder is not null
    then greatest(0, aantal - (aantal - onder) * spreidingsfactor(aantal, a, b)) end;
create macro marge_boven(aantal, boven, a, b) as aantal + (boven - aantal) * spreidingsfactor(aantal, a, b);

-- How a figure is written: format_number and figure_decimals of pipeline/words/numbers.py, for whole columns,
-- with its SMALL_DECIMALS (2), MOST_DECIMALS (3) and UIT_PUBLICATIE. 1e-9 brings a half that lies just below
-- itself as a binary value over its edge. Most figures need no points between thousands: a cast to decimal
-- takes a quarter of the time of format().
create macro eenheden(x, per) as floor((abs(x) + 1e-9) * per + 0.5);
create macro cijfertekst(x, decimalen) as case
    when x >= 0 and x < 999 then case decimalen
        when 0 then cast(cast(eenheden(x, 1) as bigint) as varchar)
        when 1 then replace(cast(cast(x + 1e-9 as decimal(12, 1)) as varchar), '.', ',')
        when 2 then replace(cast(cast(x + 1e-9 as decimal(12, 2)) as varchar), '.', ',')
        else replace(cast(cast(x + 1e-9 as decimal(12, 3)) as varchar), '.', ',') end
    else if(x < 0 and eenheden(x, 10 ** decimalen) > 0, '-', '') || translate(
        format('{:,.' || decimalen || 'f}', eenheden(x, 10 ** decimalen) / 10 ** decimalen), ',.', '.,') end;
create macro toont(laagste, hoogste, kleinste, per) as eenheden(kleinste, per) > 0
    and (laagste = hoogste or eenheden(laagste, per) < eenheden(hoogste, per));
create macro decimalen_vanaf(decimalen, laagste, hoogste, kleinste) as case
    when decimalen <= 0 and toont(laagste, hoogste, kleinste, 1) then 0
    when decimalen <= 1 and toont(laagste, hoogste, kleinste, 10) then 1
    when decimalen <= 2 and toont(laagste, hoogste, kleinste, 100) then 2
    else greatest(decimalen, 3) end;
create macro cijferdecimalen(kind, decimalen, voorbehoud, x, onder, boven) as case
    when x is null then null
    when kind != 'verhouding'
        then if(x = floor(x) and list_contains(string_split(voorbehoud, ';'), 'uit_publicatie'), 0, decimalen)
    else decimalen_vanaf(
        if(0 < x and x < 1, greatest(decimalen, 2), decimalen),
        least(x, onder, boven),
        greatest(x, onder, boven),
        coalesce(least(if(x > 0, x, null), if(onder > 0, onder, null), if(boven > 0, boven, null)), 1)) end;
