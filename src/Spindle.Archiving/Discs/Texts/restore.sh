#!/bin/sh
# Gives the files of this archive back from its discs.
#
#   sh restore.sh TARGET [DISC...]
#
# TARGET  an empty directory, or one that this script filled before
# DISC    where a disc of the archive is mounted; without any: the disc
#         that this script is on. Discs may come in any order, one after
#         the other or together: run it again for the next ones.
#
# It needs a POSIX shell and cat, chmod, chown, cp, dd, id, ln, mkdir,
# mkfifo, mv, rm, sha256sum, sort, tail, touch and tr. The list that it works from, ARCHIVE/files.tsv,
# is explained in ARCHIVE/format.txt.
#
# Exit 0: all that these discs hold is there and was checked.
# Exit 2: something is missing or damaged; it was said which.

set -u
LC_ALL=C
export LC_ALL
umask 077

if [ $# -lt 1 ]; then
    echo "usage: sh restore.sh TARGET [DISC...]" >&2
    exit 64
fi

target=$1
shift
[ $# -gt 0 ] || set -- "$(dirname -- "$0")/.."
tab=$(printf '\t')
lacking=0

complain() {
    printf '%s\n' "$1" >&2
    lacking=$((lacking + 1))
}

# Sets $text to what a field of the list stands for.
decode() {
    case $1 in
        *\\*) text=$(printf '%b.' "$1") && text=${text%.} ;;
        *) text=$1 ;;
    esac
}

# Names come from a disc: none may lead out of the target.
is_inside() {
    case "/$1/" in
        */../* | *//* | */./*) return 1 ;;
    esac
}

has_sum() {
    sum=$(sha256sum < "$1") && [ "${sum%% *}" = "$2" ]
}

# put SOURCE OFFSET SUM PATH PART: the whole file, or the part of it that starts at OFFSET.
put() {
    if [ "$5" = - ]; then
        unfinished=$target/.restore.part # a name of its own might be too long
        cat -- "$1" > "$unfinished" || { complain "unreadable: $1"; return; }
    else
        unfinished=$4.part
        dd if="$1" of="$unfinished" bs=2048 seek=$(($2 / 2048)) conv=notrunc 2> /dev/null || { complain "unreadable: $1"; return; }
    fi
    if has_sum "$unfinished" "$3"; then
        mv -f -- "$unfinished" "$4"
    elif [ "$5" = - ]; then
        complain "damaged: $1"
    fi
}

list() {
    tail -n +2 -- "$1/ARCHIVE/files.tsv"
}

make_room_for() {
    case $1 in
        */*) mkdir -p -- "$target/${1%/*}" || complain "not made: ${1%/*}" ;;
    esac
}

# Changes of a directory's contents change its time, and a mode may forbid them: both come last.
finish() {
    chmod "$2" -- "$1" || complain "mode not set: $1"
    [ "$(id -u)" != 0 ] || chown "$4:$5" -- "$1"
    chmod "$2" -- "$1" 2> /dev/null
    set_time "$1" "$3" ""
}

# To the nanosecond where touch can; to the second everywhere.
set_time() {
    touch $3 -d "$2" -- "$1" 2> /dev/null && return
    digits=$(printf '%s' "$2" | tr -d 'TZ:-')
    whole=${digits%%.*}
    # A link's own time is beyond many a touch.
    TZ=UTC0 touch $3 -t "${whole%??}.${whole#????????????}" -- "$1" 2> /dev/null || [ "$3" = -h ] || complain "time not set: $1"
}

mkdir -p -- "$target" || exit 1
for disc in "$@"; do
    if [ ! -r "$disc/ARCHIVE/files.tsv" ]; then
        complain "no disc of an archive: $disc"
        continue
    fi

    while IFS=$tab read -r path type size mtime mode sum number part offset same lba link uid gid; do
        decode "$path" && path=$text
        is_inside "$path" || { complain "refused: $path"; continue; }
        case $type in
            d) mkdir -p -- "$target/$path" || complain "not made: $path" ;;
            f)
                [ "$same" = - ] || continue
                make_room_for "$path"
                if [ -e "$target/$path" ]; then
                    has_sum "$target/$path" "$sum" && continue
                fi
                piece=$path
                [ "$part" = - ] || piece=$path.$part
                put "$disc/DATA/$piece" "$offset" "$sum" "$target/$path" "$part"
                ;;
        esac
    done << END
$(list "$disc")
END
done

for disc in "$@"; do
    [ -r "$disc/ARCHIVE/files.tsv" ] || continue
    while IFS=$tab read -r path type size mtime mode sum number part offset same lba link uid gid; do
        decode "$path" && path=$text
        is_inside "$path" || continue
        case $type in
            f)
                if [ "$same" != - ] && [ ! -e "$target/$path" ]; then
                    decode "$same" && same=$text
                    make_room_for "$path"
                    if ! is_inside "$same" || ! has_sum "$target/$same" "$sum" 2> /dev/null; then
                        complain "missing: $path (disc $number has it; restore that one, then this one again)"
                        continue
                    elif [ "$link" != - ]; then
                        ln -- "$target/$same" "$target/$path" || complain "not linked: $path"
                    else
                        cp -- "$target/$same" "$target/$path" || complain "not copied: $path"
                    fi
                fi
                if [ -e "$target/$path" ]; then
                    finish "$target/$path" "$mode" "$mtime" "$uid" "$gid"
                elif [ "$part" != - ]; then
                    complain "incomplete: $path (other parts are on other discs)"
                fi
                ;;
            l)
                decode "$same"
                if [ ! -L "$target/$path" ]; then
                    ln -s -- "$text" "$target/$path" || complain "not linked: $path"
                fi
                [ "$(id -u)" != 0 ] || chown -h "$uid:$gid" -- "$target/$path"
                set_time "$target/$path" "$mtime" -h
                ;;
            p) [ -p "$target/$path" ] || mkfifo "$target/$path" || complain "not made: $path" ;;
        esac
    done << END
$(list "$disc")
END
done

for disc in "$@"; do
    [ -r "$disc/ARCHIVE/files.tsv" ] || continue
    while IFS=$tab read -r path type size mtime mode sum number part offset same lba link uid gid; do
        decode "$path" && path=$text
        if [ "$type" = d ] && is_inside "$path" && [ -d "$target/$path" ]; then
            finish "$target/$path" "$mode" "$mtime" "$uid" "$gid"
        fi
    done << END
$(list "$disc" | sort -r)
END
done

rm -f -- "$target/.restore.part"
[ "$lacking" = 0 ] && exit 0
echo "$lacking things are missing or damaged, as said above" >&2
exit 2
