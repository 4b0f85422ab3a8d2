# The trees that are written to discs and restored from them.

# files DIRECTORY COUNT PER_DIRECTORY SMALLEST LARGEST [TOTAL]: random bytes, sizes evenly spread over powers of ten; ends at TOTAL.
files() {
  python3 - "$@" << 'PYTHON'
import math, os, random, sys
root, count, per_directory, smallest, largest = sys.argv[1], *map(int, sys.argv[2:6])
left_over = int(sys.argv[6]) if len(sys.argv) > 6 else 1 << 62
noise, chance = os.urandom(64 << 20), random.Random(1)
for number in range(count):
    if left_over <= 0:
        break
    directory = f"{root}/{number // per_directory % 20}/{number // per_directory}"
    if number % per_directory == 0:
        os.makedirs(directory)
    left = min(left_over, int(math.exp(chance.uniform(math.log(smallest), math.log(largest)))) if smallest < largest else smallest)
    left_over -= left
    with open(f"{directory}/file{number % per_directory:03}", "wb") as file:
        left -= file.write(number.to_bytes(8, "little")[:left])
        while left:
            start = chance.randrange(0, len(noise) - min(left, len(noise) // 2))
            left -= file.write(noise[start:start + left])
PYTHON
}
