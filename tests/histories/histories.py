#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Archives that grew at random, brought back by every way.

For each seed: a tree of the hardest names and kinds is scanned, planned and written onto discs, changed in every way, and archived again,
one to four times. Then 'spindle restore' with and without the catalogue, restore.sh in several shells over the trees that bsdtar and
xorriso take out of the discs, and 'extract' of each view must give what the tree is. A seed gives the same history each time.

    histories.py --program SPINDLE [--from N] [--count N] [--keep]      prints what is wrong; exit 1 where anything is
"""
import argparse
import hashlib
import os
import random
import shutil
import stat
import subprocess
import sys
import tempfile
import time

NOBODY = 65534
SHELLS = [['dash'], ['busybox', 'sh'], ['bash']]
AS_ROOT = os.getuid() == 0


def names(rng):
    """One hard name of at most 255 bytes."""
    plain = rng.choice(['a', 'Read Me.txt', 'x' * rng.randint(1, 90), 'photo%d.jpg' % rng.randint(0, 40), '.hidden', 'UPPER', 'upper', 'tail.'])
    return rng.choice([
        plain.encode(), plain.encode(), b'-n', b'--help', b' lead', b'trail ', b'new\nline', b'tab\there', b'back\\slash', b"q'uote", b'"dq"',
        b'$(touch made)', b'*', b'?', b'[a]', b'semi;1', b'a;2', b'colon:x', b'pipe|', b'caf\xe9', 'café'.encode(), 'cafe\u0301'.encode(),
        b'\xff\xfe', b'bad\x80name', b'\x01ctrl', b'del\x7f', 'c1\u0085'.encode(), '\uffff'.encode(), '😀'.encode(), '日本語'.encode(),
        b'n.part', b'n', b'n.damaged', b'.restore.part', b'.restore.work', b'ARCHIVE', b'DATA', b'L' * 255, b'M' * 250 + b'.part', b'\xe9' * rng.randint(100, 255),
        ('ä' * rng.randint(60, 127)).encode(), b'dot.' * rng.randint(1, 60), b'...', b'\xed\xa0\x80', b'rr_moved', b'#1', b'a+b', b'=', b'%41', b'~',
    ])[:255]


def content(rng, others):
    """Bytes of a file, and whether they have holes."""
    kind = rng.randint(0, 11)
    if kind == 0:
        return b''
    if kind == 1 and others:
        return rng.choice(others)
    if kind == 2:
        return rng.randbytes(2048 * rng.randint(1, 3))
    if kind == 3:
        return rng.randbytes(rng.randint(200_000, 900_000))
    if kind == 4:
        return bytes(rng.randint(70_000, 300_000)) + b'end'
    if kind == 5:
        return rng.randbytes(5000) + bytes(100_000) + rng.randbytes(100)
    return rng.randbytes(rng.randint(1, 6000))


class Tree:
    """A directory that is changed at random."""

    def __init__(self, root, rng):
        self.root, self.rng = os.fsencode(root), rng
        self.contents = []
        os.mkdir(self.root)

    def all(self, of=None):
        found = []
        for top, folders, files in os.walk(self.root):
            found += [os.path.join(top, name) for name in folders + files]
        found.sort()
        return found if of is None else [path for path in found if of(os.lstat(path).st_mode)]

    def folder(self):
        folders = [path for path in self.all(stat.S_ISDIR) if len(path) < 1500] + [self.root] * 2
        return self.rng.choice(folders)

    def free(self):
        for _ in range(50):
            path = os.path.join(self.folder(), names(self.rng))
            if not os.path.lexists(path):
                return path
        return os.path.join(self.root, b'free%d' % self.rng.randint(0, 10**9))

    def write(self, path):
        data = content(self.rng, self.contents)
        self.contents.append(data)
        with open(path, 'wb') as file:
            file.truncate(len(data))
            for at in range(0, len(data), 4096):
                piece = data[at:at + 4096]
                if any(piece):
                    file.seek(at)
                    file.write(piece)

    def stamp(self, path):
        rng = self.rng
        if os.path.islink(path):
            os.utime(path, ns=(0, rng.randint(0, 4 * 10**18)), follow_symlinks=False)
            return
        os.utime(path, ns=(0, rng.choice([rng.randint(0, 2 * 10**18), rng.randint(0, 2 * 10**9) * 10**9, rng.randint(-10**18, 9 * 10**18)])))
        if AS_ROOT and rng.random() < 0.3:
            os.chown(path, rng.choice([0, 1000, 65000, 3]), rng.choice([0, 100, 1000]))
        if rng.random() < 0.4:
            mode = rng.choice([0o644, 0o600, 0o755, 0o444, 0o4755, 0o2750, 0o1777, 0o000, 0o222])
            os.chmod(path, mode if AS_ROOT or not os.path.isdir(path) else mode | 0o700)
        if rng.random() < 0.15 and not stat.S_ISFIFO(os.lstat(path).st_mode):
            try:
                os.setxattr(path, b'user.note%d' % rng.randint(0, 2), rng.randbytes(rng.randint(0, 40)))
            except OSError:
                pass

    def new(self):
        rng, path, kind = self.rng, self.free(), self.rng.randint(0, 12)
        if kind <= 5:
            self.write(path)
        elif kind <= 8:
            os.mkdir(path)
        elif kind == 9:
            os.symlink(rng.choice([b'.', b'../x', b'/nowhere', b'caf\xe9', b'a/../b', b'x' * 300, os.path.basename(path)]), path)
        elif kind == 10:
            os.mkfifo(path)
        else:
            files = self.all(stat.S_ISREG)
            if not files:
                return self.write(path)
            os.link(rng.choice(files), path)
        self.stamp(path)

    def change(self):
        rng, every = self.rng, self.all()
        if not every:
            return self.new()
        path, kind = rng.choice(every), rng.randint(0, 11)
        mode = os.lstat(path).st_mode
        if kind <= 1 and stat.S_ISREG(mode):
            self.write(path)
        elif kind == 2 and stat.S_ISREG(mode):
            time_before = os.lstat(path)
            self.write(path)
            os.utime(path, ns=(0, time_before.st_mtime_ns))
        elif kind == 3:
            self.remove(path)
        elif kind <= 5:
            to = self.free()
            if not (to + b'/').startswith(path + b'/'):
                os.rename(path, to)
        elif kind == 6:
            self.remove(path)
            rng.choice([self.write, os.mkdir, os.mkfifo, lambda at: os.symlink(b'elsewhere', at)])(path)
        elif kind == 7 and stat.S_ISREG(mode):
            files = [other for other in self.all(stat.S_ISREG) if other != path]
            if files:
                os.remove(path)
                os.link(rng.choice(files), path)
        elif kind == 8 and stat.S_ISREG(mode):
            one, data = path + b'~', open(path, 'rb').read()
            if len(os.path.basename(one)) < 256 and not os.path.lexists(one):
                with open(one, 'wb') as file:
                    file.write(data)
                os.rename(one, path)
        elif kind == 9:
            other = rng.choice(every)
            if os.path.lexists(other) and os.path.lexists(path) and not (other + b'/').startswith(path + b'/') and not (path + b'/').startswith(other + b'/'):
                between = os.path.join(self.root, b'between')
                os.rename(path, between)
                os.rename(other, path)
                os.rename(between, other)
        else:
            self.stamp(path)
            return
        if os.path.lexists(path) and rng.random() < 0.3:
            self.stamp(path)

    def remove(self, path):
        if os.path.isdir(path) and not os.path.islink(path):
            subprocess.run([b'chmod', b'-R', b'u+rwx', path], check=True)
            shutil.rmtree(path)
        else:
            os.remove(path)


def sha(path):
    digest = hashlib.sha256()
    with open(path, 'rb') as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def picture(root, owners=True, attributes=True, seconds=False):
    """What a tree is: for each path, all that is to come back."""
    root, found, groups = os.fsencode(root), {}, {}
    for top, folders, files in os.walk(root):
        for name in folders + files:
            path = os.path.join(top, name)
            told, key = os.lstat(path), path[len(root) + 1:]
            mode = told.st_mode
            facts = {'kind': stat.S_IFMT(mode)}
            if stat.S_ISLNK(mode):
                facts['target'] = os.readlink(path)
            else:
                facts['mode'] = stat.S_IMODE(mode) & (0o7777 if owners else 0o777)
            if not stat.S_ISLNK(mode) or not seconds:
                facts['time'] = told.st_mtime_ns // 10**9 if seconds else told.st_mtime_ns
            if owners:
                facts['owner'] = (told.st_uid, told.st_gid)
            if stat.S_ISREG(mode):
                facts['content'] = (told.st_size, sha(path))
                if told.st_nlink > 1:
                    groups.setdefault(told.st_ino, []).append(key)
            if attributes and not stat.S_ISLNK(mode):
                facts['attributes'] = sorted((one, os.getxattr(path, one)) for one in os.listxattr(path) if one.startswith('user.'))
            found[key] = facts
    for group in groups.values():
        for key in group:
            found[key]['names'] = sorted(group)
    return found


def differences(want, got, extra=lambda path: False):
    for key in sorted(want.keys() | got.keys()):
        if key not in got:
            yield f'{key!r} is missing, a {oct(want[key]["kind"])}'
        elif key not in want:
            if not extra(key):
                yield f'{key!r} is there, a {oct(got[key]["kind"])}, and should not be'
        else:
            for fact, value in want[key].items():
                now = got[key].get(fact)
                if fact == 'names':
                    now = [name for name in now or [] if not extra(name)]
                if now != value:
                    yield f'{key!r}: {fact} is {now!r}, and was {value!r}'


class History:
    def __init__(self, program, seed, folder):
        self.program, self.seed, self.folder = program, seed, folder
        self.rng, self.faults, self.gone = random.Random(seed), [], set()

    def fault(self, what):
        self.faults.append(f'seed {self.seed}: {what}')

    def run(self, *words, codes=(0,), **more):
        result = subprocess.run([self.program, *words], cwd=self.folder, capture_output=True, timeout=300, **more)
        if result.returncode not in codes:
            self.fault(f'{" ".join(words)} ended with {result.returncode}: {(result.stderr or result.stdout).decode(errors="replace").strip()[-600:]}')
        return result

    def archive(self):
        capacity = '%ds' % self.rng.choice([700, 1000, 1500, 3000])
        self.run('scan', 'tree', '--job', 'Set', '--no-json', codes=(0, 2))
        plan = self.run('plan', capacity, '--split', '--names', codes=(0, 1, 2))
        if plan.returncode == 1 and b'name-too-long' in plan.stderr:
            plan = self.run('plan', '3000s', '--names', codes=(0, 2))  # there is no room for the number of a part in such a name
        if b'nothing' in plan.stdout and plan.returncode == 0:
            return
        self.run('write', '--all', '--to', 'discs', '--verify', 'none')

    def grow(self):
        tree = Tree(os.path.join(self.folder, 'tree'), self.rng)
        for _ in range(self.rng.randint(3, 30)):
            tree.new()
        for turn in range(self.rng.randint(1, 4)):
            if turn > 0:
                before = set(picture(tree.root, attributes=False))
                time.sleep(0.02)
                for _ in range(self.rng.randint(1, 15)):
                    self.rng.choice([tree.new, tree.change, tree.change])()
                self.gone |= before - set(picture(tree.root, attributes=False))
            self.archive()
        os.makedirs(os.path.join(self.folder, 'discs'), exist_ok=True)
        return sorted(name for name in os.listdir(os.path.join(self.folder, 'discs')) if name.endswith('.iso'))

    def compare(self, way, want, out, extra=lambda path: False, **how):
        for number, line in enumerate(differences(want, picture(os.path.join(self.folder, out), **how), extra)):
            if number < 4:
                self.fault(f'{way}: {line}')

    def check(self, images):
        want = picture(os.path.join(self.folder, 'tree'))
        self.run('verify', 'discs')
        self.run('restore', '--from', 'discs', '--to', 'with')
        self.compare('restore with the catalogue', want, 'with')
        self.run('restore', '--from', 'discs', '--to', 'without', '--no-catalogue')
        self.compare('restore without the catalogue', want, 'without')
        self.scripts(images)
        self.views(images)

    def scripts(self, images):
        taker = self.rng.choice(['bsdtar', 'xorriso'])
        discs = []
        for number, image in enumerate(images):
            disc = os.path.join(self.folder, f'd{number}')
            os.mkdir(disc)
            image = os.path.join(self.folder, 'discs', image)
            words = ['bsdtar', '-xpf', image, '-C', disc] if taker == 'bsdtar' else ['xorriso', '-osirrox', 'on:auto_chmod_off', '-indev', image, '-extract', '/', disc]
            taken = subprocess.run(words, capture_output=True)
            if taken.returncode != 0:
                self.fault(f'{taker} ended with {taken.returncode}: {taken.stderr.decode(errors="replace").strip()[-300:]}')
            subprocess.run(['chmod', '-R', 'a+rX', disc], check=True)
            discs.append(disc)
        os.chmod(self.folder, 0o777)
        shell = self.rng.choice([one for one in SHELLS if shutil.which(one[0])])
        newest = os.path.join(discs[-1], 'ARCHIVE', 'restore.sh')
        self.rng.shuffle(discs)
        together = self.rng.random() < 0.5
        unprivileged = AS_ROOT and self.rng.random() < 0.4
        prefix = ['setpriv', f'--reuid={NOBODY}', f'--regid={NOBODY}', '--clear-groups'] if unprivileged else []
        way = f'restore.sh by {" ".join(shell)} over {taker}, {"together" if together else "one by one"}{", as nobody" if unprivileged else ""}'
        code, said = 0, b''
        for given in [discs] if together else [[disc] for disc in discs + discs]:
            done = subprocess.run([*prefix, *shell, newest, 'script', *given], cwd=self.folder, capture_output=True, timeout=600)
            code, said = done.returncode, done.stderr
        if code != 0:  # one by one, each comes twice: at the end nothing is missing
            self.fault(f'{way} ended with {code}: {said.decode(errors="replace").strip()[-600:]}')
        root = AS_ROOT and not unprivileged
        want = picture(os.path.join(self.folder, 'tree'), owners=root, attributes=False, seconds=True)
        self.compare(way, want, 'script', owners=root, attributes=False, seconds=True)

    def views(self, images):
        hashes = {}
        for view in ('udf', 'rockridge', 'joliet'):
            self.run('extract', os.path.join('discs', images[-1]), '--view', view, '--to', f'view-{view}', codes=(0, 2))  # links that lead outside are not made
            root = os.path.join(self.folder, f'view-{view}')
            hashes[view] = sorted(facts['content'][1] for facts in picture(root, attributes=False).values() if 'content' in facts)
        for view in ('udf', 'joliet'):
            if hashes[view] != hashes['rockridge']:
                self.fault(f'extract of {images[-1]}: {view} has {len(hashes[view])} files, {len(set(hashes[view]) ^ set(hashes["rockridge"]))} of them other ones than Rock Ridge, which has {len(hashes["rockridge"])}')


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--program', required=True)
    parser.add_argument('--from', dest='first', type=int, default=0)
    parser.add_argument('--count', type=int, default=20)
    parser.add_argument('--keep', action='store_true', help='keep the folders of what went wrong')
    parser.add_argument('--temp', default=None)
    options = parser.parse_args()
    wrong = 0
    for seed in range(options.first, options.first + options.count):
        folder = tempfile.mkdtemp(prefix=f'history{seed}-', dir=options.temp)
        history = History(os.path.abspath(options.program), seed, folder)
        try:
            images = history.grow()
            history.check(images) if images else history.fault('no disc was written')
        except subprocess.TimeoutExpired as stuck:
            history.fault(f'{stuck.cmd} did not end')
        wrong += 1 if history.faults else 0
        for line in history.faults:
            print(line, flush=True)
        if history.faults and options.keep:
            print(f'seed {seed}: kept in {folder}', flush=True)
        else:
            subprocess.run(['chmod', '-R', 'u+rwx', folder])
            shutil.rmtree(os.fsencode(folder), ignore_errors=True)
    print(f'{options.count} histories, {wrong} of them wrong')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
