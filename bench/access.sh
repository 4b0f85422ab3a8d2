#!/usr/bin/env bash
# Making access copies against ffmpeg alone on the same films: bench/access.sh [SECONDS] [FOLDER]. Needs ffmpeg, dvdauthor and genisoimage.
# ffmpeg gets the films by a pipe from cat, with the same words; in the second contest it decodes what it made, as Spindle does before a copy gets its name.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
length=${1:-120}
folder=$(mktemp -d "${2:-$PWD}/spindle-bench.XXXXXX")
trap 'rm -rf "$folder"' EXIT
cd "$folder"
ffmpeg -v error -f lavfi -i mandelbrot=size=720x576:rate=25:end_scale=0.02 -f lavfi -i sine=frequency=440:sample_rate=48000 -t "$length" -vf noise=alls=6:allf=t -target pal-dvd -aspect 16:9 -c:a ac3 film.mpg
VIDEO_FORMAT=PAL dvdauthor -o dvd -t -v pal+16:9 film.mpg > dvdauthor.log 2>&1
VIDEO_FORMAT=PAL dvdauthor -o dvd -T >> dvdauthor.log 2>&1
genisoimage -quiet -dvd-video -o disc.iso dvd
sha256sum disc.iso > disc.iso.sha256 # as every image of a collection has it

forget() { rm -f disc.mp4 disc.access.* alone.mp4; }
ours() { "$spindle" access disc.iso --quiet; }
alone() {
  cat dvd/VIDEO_TS/VTS_01_?.VOB | ffmpeg -v error -nostats -f mpeg -i pipe:0 -map 0:i:0x1e0 -map 0:i:0x80 -c:v libx264 -crf 18 -preset medium -pix_fmt yuv420p \
    -vf bwdif=mode=send_frame:deint=interlaced -aspect 16:9 -af aresample=async=1 -c:a aac -b:a 192k -movflags +faststart alone.mp4
}
proven() { alone && ffmpeg -v error -nostats -i alone.mp4 -f null -; }
echo "| contest | Spindle | peer | ratio | goal | met |"
echo "| --- | --- | --- | --- | --- | --- |"
contest "$length s of film, against ffmpeg" 1.03 ours alone forget
contest "$length s of film, against ffmpeg that decodes its copy, too" 1.03 ours proven forget
