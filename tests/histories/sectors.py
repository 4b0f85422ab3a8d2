#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Archives of which any one sector is damaged.

A set of discs is made from a seed (see histories.py). Then, case by case, one sector of one of its images is zeroed, filled with something
else, changed by one bit, or marked as unread in a map beside the image. 'spindle verify' must tell of it, or the sector is padding; 'spindle
restore', with and without the catalogue, gives each file whole or says that it does not: never a wrong byte under a good name.

    sectors.py --program SPINDLE [--from N] [--count N] [--sets N]      prints what is wrong; exit 1 where anything is
"""
import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile

import histories

SECTOR = 2048
WAYS = ((), ('--no-catalogue',))


class Set:
    def __init__(self, program, seed, folder):
        self.history = histories.History(program, seed, folder)
        self.folder, self.program, self.seed = folder, program, seed
        self.images = self.history.grow()
        self.trees = {words: self.undamaged(*words) for words in WAYS} if self.images else {}

    def undamaged(self, *words):
        self.history.run('restore', '--from', 'discs', '--to', 'out', *words)
        return self.taken()

    def taken(self):
        """What came back, which is taken away again."""
        target = os.path.join(self.folder, 'out')
        got = histories.picture(target, owners=False, attributes=False) if os.path.isdir(target) else {}
        subprocess.run(['chmod', '-R', 'u+rwx', target], capture_output=True)
        shutil.rmtree(os.fsencode(target), ignore_errors=True)
        return got

    def run(self, *words):
        return subprocess.run([self.program, *words], cwd=self.folder, capture_output=True, timeout=300)

    def damage(self, rng):
        """Damages one sector in a copy of the set; tells which."""
        shutil.rmtree(os.path.join(self.folder, 'damaged'), ignore_errors=True)
        os.mkdir(os.path.join(self.folder, 'damaged'))
        hit = rng.choice(self.images)
        for image in self.images:
            source, target = (os.path.join(self.folder, folder, image) for folder in ('discs', 'damaged'))
            if image != hit:
                os.link(source, target)
                continue
            with open(source, 'rb') as file:
                data = bytearray(file.read())
            # The beginning, where the structures lie, more often than the rest.
            sectors = len(data) // SECTOR
            sector = rng.randrange(min(sectors, 400) if rng.random() < 0.4 else sectors)
            at, kind = sector * SECTOR, rng.choice(['zeros', 'noise', 'bit', 'unread'])
            if kind == 'bit':
                data[at + rng.randrange(SECTOR)] ^= 1 << rng.randrange(8)
            else:
                data[at:at + SECTOR] = rng.randbytes(SECTOR) if kind == 'noise' else bytes(SECTOR)
            with open(target, 'wb') as file:
                file.write(data)
            if kind == 'unread':
                with open(target[:-4] + '.map', 'w') as file:
                    file.write(f'0x0 + 1\n0x0 {at:#x} +\n{at:#x} {SECTOR:#x} -\n{at + SECTOR:#x} {len(data) - at - SECTOR:#x} +\n' if 0 < at < len(data) - SECTOR
                               else f'0x0 + 1\n0x0 {SECTOR:#x} -\n{SECTOR:#x} {len(data) - SECTOR:#x} +\n' if at == 0
                               else f'0x0 + 1\n0x0 {at:#x} +\n{at:#x} {SECTOR:#x} -\n')
        return f'{hit}, sector {sector} of {sectors}, {kind}'

    def judge(self, rng):
        what = self.damage(rng)
        verified = self.run('verify', 'damaged')
        if verified.returncode not in (0, 2):
            yield f'{what}: verify ended with {verified.returncode}: {text(verified)}'
        for words in WAYS:
            restored = self.run('restore', '--from', 'damaged', '--to', 'out', *words)
            way = f'{what}: restore {" ".join(words)}'
            if restored.returncode not in (0, 2):
                if restored.returncode != 1 or verified.returncode == 0 or not words:
                    yield f'{way} ended with {restored.returncode}: {text(restored)}'
                continue
            yield from (f'{way}: {fault}' for fault in faults(self.trees[words], self.taken(), restored.returncode, verified.returncode))


def faults(tree, got, restored, verified):
    whole = True
    for path, want in tree.items():
        now = got.get(path)
        if now is None or now['kind'] != want['kind']:
            whole = False
        elif now.get('content') != want.get('content') or now.get('target') != want.get('target'):
            yield f'{path!r} has a content that it never had'
        else:
            whole = whole and now.get('time') == want.get('time') and now.get('mode') == want.get('mode')
    if not whole and restored == 0:
        missing = next(path for path, want in tree.items() if path not in got or got[path] != want)
        yield f'{missing!r} is not what it was ({got.get(missing)}, {tree[missing]}), and it ended with 0'
    if not whole and verified == 0:
        yield 'the tree does not come back whole, and verify found nothing'


def text(result):
    return (result.stderr or result.stdout).decode(errors='replace').strip()[-500:]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--program', required=True)
    parser.add_argument('--from', dest='first', type=int, default=0)
    parser.add_argument('--count', type=int, default=40)
    parser.add_argument('--sets', type=int, default=2)
    parser.add_argument('--temp', default=None)
    options = parser.parse_args()
    wrong = 0
    for seed in range(options.first, options.first + options.sets):
        folder = tempfile.mkdtemp(prefix=f'sectors{seed}-', dir=options.temp)
        rng, discs = random.Random(seed), Set(os.path.abspath(options.program), seed, folder)
        for _ in range(options.count // options.sets if discs.images else 0):
            for number, fault in enumerate(discs.judge(rng)):
                wrong += 1 if number == 0 else 0
                print(f'set {seed}: {fault}', flush=True)
        subprocess.run(['chmod', '-R', 'u+rwx', folder], capture_output=True)
        shutil.rmtree(os.fsencode(folder), ignore_errors=True)
    print(f'{options.count} cases, {wrong} of them wrong')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
