#!/bin/sh
# Gives the files of this archive back from its discs.
#
#   sh restore.sh TARGET [DISC...]
#
# TARGET  an empty directory, or one that this script filled before
# DISC    where a disc of the archive is mounted; without any: the disc
#         that this script is on. Discs may come in any order, one after
#         the other or together: run it again for the next ones. Of each
#         file the newest version on the discs given so far is there.
#
# The lists of the discs given so far are kept in TARGET.restore, beside
# TARGET. Remove it when all is back. Parts of a file whose other parts
# are still to come wait in TARGET/.restore.work.
#
# It needs a POSIX shell and awk, cat, chmod, chown, cp, dd, grep, id, ln,
# ls, mkdir, mkfifo, mktemp, mv, rm, rmdir, sed, sha256sum, sort and touch.
# The list that it works from, ARCHIVE/files.tsv, is explained in
# ARCHIVE/format.txt.
#
# Exit 0: all that these discs hold is there and was checked.
# Exit 2: something is missing or damaged; it was said which.

set -u
LC_ALL=C
export LC_ALL
unset CDPATH
umask 077

if [ $# -lt 1 ]; then
    echo "usage: sh restore.sh TARGET [DISC...]" >&2
    exit 64
fi

lacking=0
complain() {
    printf '%s\n' "$1" >&2
    lacking=$((lacking + 1))
}

stop() {
    printf '%s\n' "$1" >&2
    exit 1
}

# Sets $place to a directory's true path from the root.
locate() {
    place=$(cd -- "$1" 2> /dev/null && pwd -P && echo .) && place=${place%??}
}

given=$1
shift
[ $# -gt 0 ] || set -- "$(dirname -- "$0")/.."
mkdir -p -- "$given" && locate "$given" || stop "cannot be used: $given"
target=$place
memory=$target.restore
[ "$target" != / ] || { target=; memory=/.restore; }

# An empty target knows of no disc, whatever was given to one of its name before.
fresh=yes
for name in "$target"/* "$target"/.[!.]* "$target"/..?*; do
    if [ -e "$name" ] || [ -L "$name" ]; then fresh=; fi
done
if [ -L "$memory" ] || { [ -e "$memory" ] && [ ! -f "$memory/LISTS.TXT" ]; }; then
    stop "in the way: $memory (the lists of the discs are kept there)"
fi
[ -z "$fresh" ] || rm -rf -- "$memory"
if mkdir -p -- "$memory" 2> /dev/null && echo 'Lists of the discs that restore.sh was given. Remove this folder when all is back.' > "$memory/LISTS.TXT"; then
    :
else
    echo "note: give all discs together: what was given cannot be kept in $memory" >&2
    memory=
fi

# The lists: each is held against the sums of its disc before it is believed.
scratch=$(mktemp -d "${TMPDIR:-/tmp}/restore.XXXXXX") || stop "no room for lists in ${TMPDIR:-/tmp}"
work=
clean() {
    rm -rf -- "$scratch"
    [ -z "$work" ] || rm -rf -- "$work/now"
    [ -z "$work" ] || rmdir -- "$work/parts" "$work" 2> /dev/null
}
trap clean EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

field() {
    sed -n "s/^ *\"$2\": *\"*\([0-9a-f-]*\)\"*,*\$/\1/p" < "$1" | sed -n 1p
}

is_as_listed() {
    sum=$(sha256sum < "$1/ARCHIVE/$2") && grep -q "^${sum%% *}  ARCHIVE/$2\$" < "$1/ARCHIVE/SHA256SUMS"
}

# Where the lists of the earlier discs are, as "SCAN NUMBER FILE" a line; the scan that a disc was planned from dates its list.
present=' '
archive=
: > "$scratch/lists"
: > "$scratch/names"
for disc in "$@"; do
    if [ ! -r "$disc/ARCHIVE/files.tsv" ] || ! locate "$disc"; then
        complain "no disc of an archive: $disc"
        continue
    fi
    disc=$place
    number=$(field "$disc/ARCHIVE/disc.json" number)
    scan=$(field "$disc/ARCHIVE/disc.json" scan)
    of=$(field "$disc/ARCHIVE/disc.json" archive)
    case ${number:-x}${scan:-x} in
        *[!0-9]*) complain "damaged: $disc/ARCHIVE/disc.json (which disc it is cannot be told)"; continue ;;
    esac
    [ -n "$archive" ] || archive=$of
    if [ -n "$memory" ]; then
        [ -e "$memory/ARCHIVE.ID" ] || printf '%s\n' "$archive" > "$memory/ARCHIVE.ID"
        archive=$(cat < "$memory/ARCHIVE.ID")
    fi
    if [ "$archive" != "$of" ]; then
        complain "a disc of another archive: $disc"
        continue
    fi
    case $present in
        *" $number "*) continue ;;
    esac
    present="$present$number "
    eval "disc_$number=\$disc"
    cat < "$disc/ARCHIVE/files.tsv" > "$scratch/$number.tsv" || complain "unreadable: $disc/ARCHIVE/files.tsv"
    printf '%s %s %s\n' "$scan" "$number" "$scratch/$number.tsv" >> "$scratch/lists"
    # What is gone is a kind of its own, "x", dated by the scan that missed it.
    if is_as_listed "$disc" gone.tsv; then
        awk -F '\t' -v OFS='\t' 'NR > 1 && NF == 2 { print $1, "x", $2 }' < "$disc/ARCHIVE/gone.tsv" >> "$scratch/$number.tsv"
    elif [ -e "$disc/ARCHIVE/gone.tsv" ]; then
        complain "damaged: $disc/ARCHIVE/gone.tsv; what is gone comes back"
    fi
    if ! is_as_listed "$disc" disc.json || ! is_as_listed "$disc" files.tsv; then
        complain "damaged: the lists in $disc/ARCHIVE; what they do not name rightly is not restored"
    elif [ -n "$memory" ]; then
        cp -- "$scratch/$number.tsv" "$memory/$scan.$number.tsv" || complain "not kept: the list of disc $number"
    fi
    # Where a mounted UDF has another name than the archive.
    if [ -r "$disc/ARCHIVE/names.tsv" ]; then
        awk -F '\t' -v disc="$number" 'NR > 1 && NF == 3 && $3 != "-" { print disc "\t" $2 "\t" $3 }' < "$disc/ARCHIVE/names.tsv" >> "$scratch/names"
    fi
done
if [ -n "$memory" ]; then
    for list in "$memory"/*.*.tsv; do
        [ -e "$list" ] || continue
        name=${list##*/}
        scan=${name%%.*}
        number=${name#*.}
        number=${number%.tsv}
        case $present in
            *" $number "*) ;;
            *) printf '%s %s %s\n' "$scan" "$number" "$list" >> "$scratch/lists" ;;
        esac
    done
fi

# All lists as one: ranked, in the order of the tree, the newest version of each name first.
while read -r scan number list; do
    awk -F '\t' -v OFS='\t' -v scan="$scan" -v number="$number" '
        NR == 1 { next }
        NF == 3 && $2 == "x" && $3 ~ /^[0-9]+$/ && ("/" $1 "/") !~ /\/\.?\.?\// {
            key = $1
            gsub("/", "\001", key)
            print key, $3, -1, $1, "x"
            next
        }
        NF < 14 || length($5) > 5 || $5 !~ /^[0-7]+$/ || $4 !~ /^[0-9TZ:.+-]+$/ || $7 !~ /^([0-9]+|-)$/ || $8 !~ /^([0-9]+of[0-9]+|-)$/ ||
        $9 !~ /^([0-9]+|-)$/ || $12 !~ /^([0-9]+|-)$/ || $13 !~ /^[0-9]+$/ || $14 !~ /^[0-9]+$/ || $2 !~ /^[fdlpcbs]$/ ||
        ($2 == "f" && (length($6) != 64 || $6 ~ /[^0-9a-f]/ || $7 == "-")) || ("/" $1 "/") ~ /\/\.?\.?\// {
            print "disc " number ": " $1 > refused
            next
        }
        { key = $1; gsub("/", "\001", key); print key, scan, number, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14 }
    ' refused="$scratch/refused" - < "$list"
done < "$scratch/lists" > "$scratch/all"
if [ -s "$scratch/refused" ]; then
    while IFS= read -r line; do complain "refused: $line (its line in files.tsv is not understood)"; done < "$scratch/refused"
fi
sort -t "$(printf '\t')" -k1,1 -k2,2nr -k3,3nr < "$scratch/all" > "$scratch/sorted" || stop "no room for lists in ${TMPDIR:-/tmp}"
rm -f -- "$scratch/all"

# A place for what is not checked yet, under a name that no list has.
name=.restore.work
earlier=
while grep -q "^$name[$(printf '\001\t')]" < "$scratch/sorted"; do
    [ -L "$target/$name" ] || [ ! -f "$target/$name/WORK.TXT" ] || earlier=$target/$name
    name=${name}_
done
work=$target/$name
[ ! -L "$work" ] || stop "in the way: $work"
[ -z "$earlier" ] || mv -- "$earlier" "$work" || stop "in the way: $earlier"
stage=$work/now
rm -rf -- "$stage"
mkdir -p -- "$stage/kept" "$stage/new" "$work/parts" || stop "cannot be used: $target"
echo 'Files that restore.sh has not finished.' > "$work/WORK.TXT"

: > "$stage/probe"
fine=
touch -c -d 2001-02-03T04:05:06.789012345Z -- "$stage/probe" 2> /dev/null && fine=yes
me=$(id -u)

# What to do is worked out from the lists, and written as calls of the functions below.
cat > "$scratch/plan.awk" << 'END'
function quote(s) {
    if (index(s, "'")) gsub(/'/, "'\\''", s)
    return "'" s "'"
}
function decode(s,    out, at, c) {
    while ((at = index(s, "\\")) > 0) {
        out = out substr(s, 1, at - 1)
        c = substr(s, at + 1, 1)
        if (c == "0") {
            out = out sprintf("%c", 64 * substr(s, at + 2, 1) + 8 * substr(s, at + 3, 1) + substr(s, at + 4, 1))
            s = substr(s, at + 5)
        } else {
            out = out (c == "t" ? "\t" : c == "n" ? "\n" : c == "r" ? "\r" : c)
            s = substr(s, at + 2)
        }
    }
    return out s
}
function base(path,    at) {
    at = length(path)
    while (at > 0 && substr(path, at, 1) != "/") at--
    return substr(path, at + 1)
}
function folder(path,    name) {
    name = base(path)
    return length(name) == length(path) ? "" : substr(path, 1, length(path) - length(name) - 1)
}
# Where a file is on a disc: the path, and the one that UDF has, if that is another.
function source(disc, path, raw,    other) {
    other = ((disc "\t" "DATA/" raw) in udf) ? decode(udf[disc "\t" "DATA/" raw]) : ""
    return "\"$disc_" disc "\"" quote("/DATA/" path) " " (other == "" ? "''" : "\"$disc_" disc "\"" quote((substr(other, 1, 1) == "/" ? "" : "/") other))
}
function here(disc) { return index(present, " " disc " ") > 0 }
function about(path, mode, owner, time) {
    return quote("/" folder(path)) " " quote(base(path)) " 0" mode " " owner " " time
}
# Several small files of a folder are copied, checked and moved with one process each.
function flush(d,    i, key, names, sets) {
    if (!count[d]) return
    printf "%s", "attributes() {\n" > "puts"
    for (key in owned) if (substr(key, 1, length(d) + 1) == d " ") { print "own " substr(key, length(d) + 2) owned[key] > "puts"; delete owned[key] }
    for (key in moded) if (substr(key, 1, length(d) + 1) == d " ") { print "mode 0" substr(key, length(d) + 2) moded[key] > "puts"; delete moded[key] }
    for (i = 1; i <= count[d]; i++) {
        names = names " " quote(nameOf[d, i])
        sets = sets " " quote(nameOf[d, i])
        if (i == count[d] || timeOf[d, i + 1] != timeOf[d, i]) { print "stamp " timeOf[d, i] sets > "puts"; sets = "" }
    }
    print "}\ncat > ../sums << 'END'" > "puts"
    for (i = 1; i <= count[d]; i++) print sumOf[d, i] "  ./" nameOf[d, i] > "puts"
    print "END\nput \"$disc_" discOf[d] "\"" quote("/DATA/" stack[d]) " " quote("/" stack[d]) names " || {" > "puts"
    for (i = 1; i <= count[d]; i++) print oneOf[d, i] > "puts"
    print "}" > "puts"
    count[d] = 0
    bytes[d] = 0
}
function add(d, disc, path, sum, mode, owner, time, line,    n, name) {
    name = base(path)
    if (count[d] && (discOf[d] != disc || count[d] >= 200 || bytes[d] + length(name) > 20000)) flush(d)
    n = ++count[d]
    discOf[d] = disc
    bytes[d] += length(name) + 8
    nameOf[d, n] = name
    sumOf[d, n] = sum
    timeOf[d, n] = time
    oneOf[d, n] = line
    owned[d " " owner] = owned[d " " owner] " " quote(name)
    moded[d " " mode] = moded[d " " mode] " " quote(name)
}
function push(key, path, limit, alive) {
    depth++
    keyOf[depth] = key
    stack[depth] = path
    barrier[depth] = limit
    isAlive[depth] = alive
    isGone[depth] = 0
    count[depth] = 0
    bytes[depth] = 0
}
function lapse() {
    return "lapsed " quote("/" decode($4)) " " $5 " " ($5 == "f" ? $9 : "-")
}
function makeFolder(path, mode, owner, time) {
    print "folder " quote("/" path) > "folders"
    if (mode != "") {
        ends++
        endOf[ends] = "end " quote("/" path) " 0" mode " " owner " " time
    }
}
# The newest version of a file: one call, or a note of it until all names of its contents are known.
function file(path, raw, rank, own, time, mode, sum, disc, part, same, link, owner,    from, wanted, group, line, rest, rawFrom) {
    wanted = here(own) || here(disc)
    rawFrom = (same == "-" || disc == own) ? raw : same
    from = decode(rawFrom)
    if (sum in divided) {
        names[sum] = names[sum] SUBSEP (++files)
        pathOf[files] = path; aboutOf[files] = about(path, mode, owner, time); groupOf[files] = link; wantedOf[files] = wanted; placeOf[files] = disc
        if (wanted && from != path) { print "keep " files " " quote("/" from) " " sum > "keeps"; isKept[files] = 1 }
        return
    }
    rest = " " sum " " about(path, mode, owner, time) " " disc
    if (here(disc)) line = "one " source(disc, from, rawFrom) rest
    else {
        files++
        line = "one \"$stage/kept/" files "\" ''" rest
        if (wanted) print "keep " files " " quote("/" from) " " sum > "keeps"
    }
    if (link != "-") {
        group = link SUBSEP sum SUBSEP mode SUBSEP owner SUBSEP time
        if (!(group in members)) groups[++groupCount] = group
        members[group] = members[group] SUBSEP (++files)
        pathOf[files] = path; oneFor[files] = line; restFor[files] = rest; wantedOf[files] = wanted; hereOf[files] = here(disc)
    } else if (wanted && here(disc) && rawFrom == raw && index(raw, "\\") == 0 && !((disc "\t" "DATA/" raw) in udf)) {
        add(depth, disc, path, sum, mode, owner, time, line " - 1")
    } else if (wanted) print line " - 1" > "singles"
}
BEGIN {
    FS = "\t"
    while ((getline line < "divided") > 0) divided[line] = 1
    while ((getline line < "names") > 0) { split(line, f, "\t"); udf[f[1] "\t" f[2]] = f[3] }
    push("", "", -1, 1)
}
{
    rank = $2 * 1000000 + $3
    if ($1 == last) {
        # An older version: its parts may be those of the newest, and what is no folder ends what was below.
        if ($5 == "f" && $9 in divided && here($3) && $11 != "-") note($9, $11, $12, $3, $4)
        if (winner == "x") goneOf[++gone] = lapse()
        if (winner != "d" && $5 == "d") print "open " quote("/" decode($4)) > "opens"
        if ($5 != "d" && winner == "d" && rank > barrier[depth] && keyOf[depth] == $1) barrier[depth] = rank
        next
    }
    last = $1
    winner = $5
    while (depth > 1 && substr($1, 1, length(keyOf[depth]) + 1) != keyOf[depth] "\001") { flush(depth); depth-- }
    path = decode($4)
    if (rank < barrier[depth] || !isAlive[depth]) {
        if (rank >= barrier[depth]) print "complain " quote("refused: " path " (it is below what is no folder)") > "singles"
        below = isGone[depth]
        goneOf[++gone] = below ? lapse() : "gone " quote("/" path)
        if ($5 == "f" && $9 in divided && here($3) && $11 != "-") note($9, $11, $12, $3, $4) # another name may have it, too
        if ($5 == "d") print "open " quote("/" path) > "opens"
        push($1, path, barrier[depth], 0)
        isGone[depth] = below
        next
    }
    if ($5 == "x") {
        print "open " quote("/" folder(path)) > "opens"
        push($1, path, rank, 0)
        isGone[depth] = 1
        next
    }
    # A damaged list may lack folders.
    for (at = length(keyOf[depth]) + 2; (more = index(substr($1, at), "\001")) > 0; at += more) {
        key = substr($1, 1, at + more - 2)
        name = key
        gsub("\001", "/", name)
        makeFolder(decode(name), "")
        push(key, decode(name), barrier[depth], 1)
    }
    owner = $16 ":" $17
    limit = barrier[depth]
    if ($5 != "d") limit = rank
    if ($5 != "d" && (here($3) || ($5 == "f" && here($10)))) print "clear " quote("/" path) " " $5 > "clears"
    if ($5 == "d") makeFolder(path, $8, owner, $7)
    else if ($5 == "f") {
        if ($9 in divided && here($3) && $11 != "-") note($9, $11, $12, $3, $4)
        file(path, $4, rank, $3, $7, $8, $9, $10, $11, $13, $15, owner)
    }
    else if (here($3)) {
        if ($5 == "l") print "symlink " quote(decode($13)) " " about(path, $8, owner, $7) > "singles"
        else if ($5 == "p") {
            group = "p" SUBSEP $15
            print "pipe " about(path, $8, owner, $7) " " ($15 != "-" && (group in pipeOf) ? quote("/" pipeOf[group]) : "''") > "singles"
            if ($15 != "-" && !(group in pipeOf)) pipeOf[group] = path
        }
        else print "leave " quote(path) > "singles"
    }
    push($1, path, limit, $5 == "d")
}
function note(sum, part, offset, disc, raw,    n) {
    n = part + 0
    split(part, f, "of")
    totalOf[sum] = f[2] + 0
    partsOf[sum] = partsOf[sum] "    part " sum " " n " " offset " " source(disc, decode(raw) "." part, raw "." part) "\n"
}
END {
    while (depth > 0) { flush(depth); depth-- }
    for (i = 1; i <= groupCount; i++) {
        n = split(substr(members[groups[i]], 2), f, SUBSEP)
        any = 0
        lead = 0
        for (k = 1; k <= n; k++) {
            if (wantedOf[f[k]]) any = 1
            if (!lead && hereOf[f[k]]) lead = f[k]
        }
        if (!any) continue
        # Where no disc given now has the contents, the name that is there already leads.
        if (lead) print oneFor[lead] " g" i " " n > "singles"
        else {
            for (k = 1; k <= n && !lead; k++) if (!wantedOf[f[k]]) lead = f[k]
            if (lead) oneFor[lead] = "one \"$target\"" quote("/" pathOf[lead]) " ''" restFor[lead]
            else lead = f[1]
            print oneFor[lead] " g" i " " n > "singles"
        }
        for (k = 1; k <= n; k++) if (f[k] != lead) print "hard " quote("/" pathOf[lead]) " " quote("/" folder(pathOf[f[k]])) " " quote(base(pathOf[f[k]])) " g" i > "singles"
    }
    for (sum in names) {
        print sum > "waiting"
        n = split(substr(names[sum], 2), f, SUBSEP)
        any = partsOf[sum] != ""
        for (k = 1; k <= n; k++) if (wantedOf[f[k]]) any = 1
        if (!any) continue
        split("", leadOf)
        split("", namesOf)
        for (k = 1; k <= n; k++) namesOf[groupOf[f[k]]]++
        namesOf["-"] = 1
        # Of a disc that has none of its parts, what is in the target already counts, under whatever name it was.
        kept = f[1]
        for (k = n; k > 0; k--) if (wantedOf[f[k]] && (f[k] in isKept || !(kept in isKept))) kept = f[k]
        print "if ! whole " sum " " aboutOf[f[1]] " " namesOf[groupOf[f[1]]] " && ! moved " kept " " sum " " aboutOf[f[1]] "; then\n" partsOf[sum] > "singles"
        if (partsOf[sum] != "") print "    join " sum " " totalOf[sum] " " aboutOf[f[1]] > "singles"
        else print "    one \"$stage/kept/" kept "\" '' " sum " " aboutOf[f[1]] " " placeOf[kept] " " sum " 1" > "singles"
        print "fi" > "singles"
        for (k = 1; k <= n; k++) {
            group = groupOf[f[k]]
            if (group != "-" && (group in leadOf))
                print "hard " quote("/" pathOf[leadOf[group]]) " " quote("/" folder(pathOf[f[k]])) " " quote(base(pathOf[f[k]])) " " sum > "singles"
            else if (k > 1) print "again " sum " \"$target\"" quote("/" pathOf[f[1]]) " '' " sum " " aboutOf[f[k]] " " placeOf[f[k]] " - " namesOf[group] > "singles"
            if (!(group in leadOf)) leadOf[group] = f[k]
        }
    }
    while (gone > 0) print goneOf[gone--] > "gones"
    while (ends > 0) print endOf[ends--] > "finals"
}
END
awk -F '\t' '$11 != "-" && $5 == "f" && !($9 in seen) { seen[$9] = 1; print $9 }' < "$scratch/sorted" > "$scratch/divided"
for name in waiting folders puts singles keeps gones opens clears finals; do : > "$scratch/$name"; done
(cd -- "$scratch" && awk -v present="$present" -f plan.awk < sorted) || stop "the lists cannot be worked out"

lost=' '
noted=
own() {
    [ "$me" = 0 ] || return 0
    owner=$1
    shift
    chown -h "$owner" -- "$@" 2> /dev/null || [ -n "$noted" ] || { noted=yes; echo "note: owners that cannot be set here are left out" >&2; }
}

# Five digits: of fewer, some a chmod leaves the setgid that a folder was born with.
mode() {
    bits=$1
    shift
    chmod "$bits" -- "$@" || complain "mode not set: $*"
}

# To the nanosecond where touch can; to the second everywhere. A link's own time is beyond many a touch.
stamp() {
    time=$1
    shift
    if [ -n "$fine" ]; then
        touch -c -d "$time" -- "$@" || complain "time not set: $*"
        return
    fi
    whole=${time%%[.Z]*}
    short=${whole%%-*}${whole#*-}
    short=${short%%-*}${short#*-}
    short=${short%%T*}${short#*T}
    short=${short%%:*}${short#*:}
    TZ=UTC0 touch -c -t "${short%%:*}.${short#*:}" -- "$@" || complain "time not set: $*"
}

has_sum() {
    found=$(sha256sum < "$1" 2> /dev/null) && [ "${found%% *}" = "$2" ]
}

# readably FILE COMMAND...: with a file that its own owner may not read, as if he might.
readably() {
    if [ -r "$1" ]; then
        shift
        "$@"
        return
    fi
    shut=$1
    chmod u+r -- "$shut" 2> /dev/null || return 1
    shift
    "$@"
    outcome=$?
    chmod u-r -- "$shut"
    return "$outcome"
}

is_file() {
    [ -f "$1" ] && [ ! -L "$1" ]
}

# A folder as it is told of: without the slash in front, with one behind.
at() {
    told=${1#/}
    printf '%s' "${told:+$told/}"
}

# Nothing is done through a link: what an earlier disc made leads wherever it likes.
is_real() {
    way=$target
    rest=${1#/}
    while :; do
        case $rest in
            */*) way=$way/${rest%%/*} rest=${rest#*/} ;;
            *) return 0 ;;
        esac
        [ ! -L "$way" ] && [ -d "$way" ] || return 1
    done
}

# Folders that their own owner may not enter hide what is below them: each on the way is opened, until its "end".
open() {
    way=$target
    rest=${1#/}/
    while [ -n "$rest" ]; do
        way=$way/${rest%%/*} rest=${rest#*/}
        [ ! -L "$way" ] && [ -d "$way" ] || return 0
        [ -r "$way" ] && [ -w "$way" ] && [ -x "$way" ] || chmod u+rwx -- "$way" || return 0
    done
}

gone() {
    is_real "$1" || return 0
    if [ -d "$target$1" ] && [ ! -L "$target$1" ]; then
        rmdir -- "$target$1" 2> /dev/null
    else
        rm -f -- "$target$1"
    fi
}

# lapsed PATH TYPE SUM: what a newer disc lists as gone, if it still is what an older one had.
lapsed() {
    is_real "$1" || return 0
    case $2 in
        d) [ -L "$target$1" ] || rmdir -- "$target$1" 2> /dev/null ;;
        f)
            ! is_file "$target$1" || ! readably "$target$1" has_sum "$target$1" "$3" || rm -f -- "$target$1"
            ;;
        l) [ ! -L "$target$1" ] || rm -f -- "$target$1" ;;
        p) [ -L "$target$1" ] || [ ! -p "$target$1" ] || rm -f -- "$target$1" ;;
    esac
}

folder() {
    if [ -d "$target$1" ] && [ ! -L "$target$1" ]; then
        [ -r "$target$1" ] && [ -w "$target$1" ] && [ -x "$target$1" ] || chmod u+rwx -- "$target$1" || complain "cannot be written: ${1#/}"
        return
    fi
    [ -n "$fresh" ] || rm -f -- "$target$1"
    mkdir -- "$target$1" || complain "not made: ${1#/}"
}

# clear PATH TYPE: takes away what is of another kind than what comes.
clear() {
    if [ -L "$target$1" ]; then
        rm -f -- "$target$1"
    elif [ -d "$target$1" ]; then
        rmdir -- "$target$1" 2> /dev/null || complain "not replaced: ${1#/} (a folder with other files in it)"
    elif [ "$2" = f ]; then
        [ ! -e "$target$1" ] || [ -f "$target$1" ] || rm -f -- "$target$1"
    elif [ "$2" = p ]; then
        [ ! -e "$target$1" ] || [ -p "$target$1" ] || rm -f -- "$target$1"
    elif [ "$2" = l ]; then
        rm -f -- "$target$1"
    fi
}

# keep NUMBER PATH SUM: contents that are in the target only, and may be replaced there in a moment.
keep() {
    if is_file "$target$2" && readably "$target$2" has_sum "$target$2" "$3"; then
        ln -- "$target$2" "$stage/kept/$1" 2> /dev/null || readably "$target$2" cp -- "$target$2" "$stage/kept/$1"
    fi
}

# linked MOST NAME...: whether one of these files has more names than that: then it is one with others that it was one with once.
linked() {
    most=$1
    shift
    ls -ldn -- "$@" | awk -v most="$most" '/^-/ && $2 > most { found = 1 } END { exit !found }'
}

# put FROM TO NAME...: what is in "sums" says what they must be, and attributes sets the rest.
put() {
    from=$1
    to=$target$2
    shift 2
    if [ -z "$fresh" ] && (cd -- "$to" && sha256sum -c) < "$stage/sums" > /dev/null 2>&1 && ! (cd -- "$to" && linked 1 "$@"); then
        cd -- "$to" && attributes
        cd -- "$stage/new" || exit 1
        return 0
    fi
    if (cd -- "$from" && cp -- "$@" "$stage/new/") 2> /dev/null && sha256sum -c < "$stage/sums" > /dev/null 2>&1; then
        attributes
        mv -f -- "$@" "$to/" 2> /dev/null && return 0
    fi
    rm -rf -- "$@"
    return 1
}

# finish TO NAME MODE OWNER TIME: what is checked gets the rest, and then its place.
finish() {
    own "$4" "$2"
    mode "$3" "$2"
    stamp "$5" "$2"
    mv -f -- "$2" "$target$1/" && return 0
    complain "not put in its place: $(at "$1")$2"
    rm -f -- "$2"
    return 1
}

stays() {
    is_file "$target$2/$3" && readably "$target$2/$3" has_sum "$target$2/$3" "$1" && ! linked "$7" "$target$2/$3" || return 1
    cd -- "$target$2" && { own "$5" "$3"; mode "$4" "$3"; stamp "$6" "$3"; }
    cd -- "$stage/new" || exit 1
}

# taken FROM NAME SUM: else "lacks" says what is wrong.
taken() {
    lacks=missing
    [ -e "$1" ] || return 1
    lacks=unreadable
    case $1 in
        "$target"/*) readably "$1" cat "$1" > "$2" ;;
        *) cat < "$1" > "$2" ;;
    esac || return 1
    lacks=damaged
    has_sum "$2" "$3"
}

# one FROM OTHER SUM TO NAME MODE OWNER TIME DISC GROUP NAMES
one() {
    if [ -z "$fresh" ] && stays "$3" "$4" "$5" "$6" "$7" "$8" "${11}"; then
        return
    fi
    from=$1
    [ -e "$from" ] || [ -z "$2" ] || from=$2
    if ! taken "$from" "$5" "$3"; then
        case $from in
            "$target"/*) complain "missing: $(at "$4")$5 (disc $9 has it; restore that one, too)" ;;
            *) complain "$lacks: $from" ;;
        esac
    else
        finish "$4" "$5" "$6" "$7" "$8" && return
    fi
    rm -f -- "$5"
    shift 9
    lost="$lost$1 "
}

is_lost() {
    case $lost in
        *" $1 "*) return 0 ;;
    esac
    return 1
}

again() {
    if is_lost "$1"; then
        complain "incomplete: $(at "$5")$6"
    else
        shift
        one "$@"
    fi
}

hard() {
    if is_lost "$4"; then
        complain "not linked: $(at "$2")$3"
    elif [ ! "$target$1" -ef "$target$2/$3" ]; then
        ln -- "$target$1" "$3" && mv -f -- "$3" "$target$2/" || complain "not linked: $(at "$2")$3"
    fi
}

symlink() {
    ln -s -- "$1" "$3" || { complain "not linked: $(at "$2")$3"; return; }
    own "$5" "$3"
    if [ -n "$fine" ]; then
        touch -h -d "$6" -- "$3" 2> /dev/null
    fi
    mv -f -- "$3" "$target$2/" || { complain "not linked: $(at "$2")$3"; rm -f -- "$3"; }
}

pipe() {
    if [ -n "$6" ] && [ -p "$target$6" ]; then
        hard "$6" "$1" "$2" pipe
    elif mkfifo -- "$2" 2> /dev/null || mkfifo "./$2"; then
        finish "$@"
    else
        complain "not made: $(at "$1")$2"
    fi
}

leave() {
    echo "note: left out: $1 (a device or a socket)" >&2
}

whole() {
    [ -z "$fresh" ] && stays "$1" "$2" "$3" "$4" "$5" "$6" "$7"
}

# moved KEPT SUM TO NAME MODE OWNER TIME: what was in the target under another name gets this one.
moved() {
    [ -z "$fresh" ] && [ -e "$stage/kept/$1" ] && readably "$stage/kept/$1" cp -- "$stage/kept/$1" "$4" && finish "$3" "$4" "$5" "$6" "$7"
}

# part SUM NUMBER OFFSET FROM OTHER
part() {
    from=$4
    [ -e "$from" ] || [ -z "$5" ] || from=$5
    [ ! -e "$work/parts/$1.$2" ] || return 0
    if dd if="$from" of="$work/parts/$1" bs=2048 seek=$(($3 / 2048)) conv=notrunc 2> /dev/null; then
        : > "$work/parts/$1.$2"
    else
        complain "unreadable: $from"
    fi
}

# join SUM COUNT TO NAME MODE OWNER TIME
join() {
    number=1
    while [ "$number" -le "$2" ]; do
        if [ ! -e "$work/parts/$1.$number" ]; then
            complain "incomplete: $(at "$3")$4 (other parts are on other discs)"
            lost="$lost$1 "
            return
        fi
        number=$((number + 1))
    done
    rm -f -- "$work/parts/$1".*
    if has_sum "$work/parts/$1" "$1" && mv -- "$work/parts/$1" "$4"; then
        finish "$3" "$4" "$5" "$6" "$7" && return
    else
        complain "damaged: $(at "$3")$4 (one of its parts)"
    fi
    rm -f -- "$work/parts/$1"
    lost="$lost$1 "
}

end() {
    [ -d "$target$1" ] && [ ! -L "$target$1" ] || return 0
    own "$3" "$target$1"
    mode "$2" "$target$1"
    stamp "$4" "$target$1"
}

cd -- "$stage/new" || exit 1
if [ -z "$fresh" ]; then
    . "$scratch/opens"
    . "$scratch/keeps"
    . "$scratch/gones"
fi
. "$scratch/folders"
[ -n "$fresh" ] || . "$scratch/clears"
. "$scratch/puts"
. "$scratch/singles"
. "$scratch/finals"
cd /

# Parts of what a newer version has replaced wait for nothing any more.
for name in "$work/parts"/*; do
    sum=${name##*/}
    grep -q "^${sum%%.*}\$" < "$scratch/waiting" || rm -f -- "$name"
done
[ -n "$(ls -A "$work/parts")" ] || rm -f -- "$work/WORK.TXT"
[ "$lacking" = 0 ] && exit 0
echo "$lacking things are missing or damaged, as said above" >&2
exit 2
