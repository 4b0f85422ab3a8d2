#!/usr/bin/env python3
"""run.py COPY MUTANTS.json COVER RESULTS.jsonl MINUTES    runs each mutant against the tests that reach it.

Four rounds over the mutants that still live: quick tests of the mutant's own project, quick tests of the others, slow tests of its own, slow
tests of the others. Quick rounds take turns between the areas; slow ones begin with what costs least. Each mutant dies of the first test that
fails, of a crash, or of taking three times as long as usual and 10 s more. Goes on where RESULTS ends."""
import collections, glob, itertools, json, os, re, signal, subprocess, sys, time
import xml.etree.ElementTree as xml

QUICK = 0.7     # seconds: such tests run first
LONGEST = 45.0  # seconds of tests for a mutant and project


class Tests:
    """The tests of a project: how long each takes, and which of them reach a mutant."""

    def __init__(self, cover, project):
        self.time, failed = collections.defaultdict(float), set()
        for test in xml.parse(f"{cover}/{project}.xml").getroot().iter("test"):
            name = f"{test.get('type')}.{test.get('method')}"
            if test.get("result") == "Fail":
                failed.add(name)
            if test.get("result") == "Pass":
                self.time[name] += float(test.get("time") or 0)
        for name in failed:
            self.time.pop(name, None)  # what fails without a mutant says nothing
        self.reach = collections.defaultdict(set)
        for path in glob.glob(f"{cover}/{project}.[0-9]*"):
            with open(path) as lines:
                for line in lines:
                    number, name = line.rstrip("\n").split("\t")
                    self.reach[int(number)].add(name)

    def of(self, mutant, is_own):
        """Names of the tests that reach a mutant, the quickest first."""
        reached = self.reach.get(mutant["number"], set())
        names = reached & set(self.time)
        for name in reached:
            if name.endswith(".*"):  # reached while a class was made ready
                names |= {test for test in self.time if test.startswith(name[:-1])}
        if is_own and ("?" in reached or mutant["isStatic"] and reached):
            names = set(self.time)  # on another thread, or once for all tests
        return sorted(names, key=lambda name: self.time[name])


def plan(mutant, tests):
    """Four rounds of (project, tests, seconds)."""
    own, rounds = mutant["project"].split(".")[1], [[], [], [], []]
    for project in [own] + [other for other in tests if other != own]:
        if project not in tests:
            continue
        time_of = tests[project].time
        names = tests[project].of(mutant, project == own)
        quick = [name for name in names if time_of[name] <= QUICK]
        slow, spent = [], 0
        for name in names[len(quick):]:
            spent += time_of[name]
            if spent > LONGEST:
                break
            slow.append(name)
        for index, chosen in ((0, quick), (2, slow)):
            if chosen:
                rounds[index + (project != own)].append((project, chosen, sum(time_of[name] for name in chosen)))
    return rounds


def run(copy, project, number, names, usual):
    """How a mutant died of these tests, and of what; None where it lives."""
    words = itertools.chain.from_iterable(("-method", name) for name in names)
    program = f"artifacts/bin/Spindle.{project}.Tests/debug/Spindle.{project}.Tests.dll"
    process = subprocess.Popen(
        ["nice", "-n", "10", "dotnet", program, "-noColor", "-stopOnFail", *words],
        cwd=copy, env={**os.environ, "MUT": str(number)}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        start_new_session=True, text=True, errors="replace")
    try:
        text, _ = process.communicate(timeout=3 * usual + 10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return "timeout", project
    fails = re.findall(r"^\s+(\S.*) \[FAIL\]", text, re.M)
    total = re.search(r"Total: (\d+)", text)
    if process.returncode == 0 and total and int(total[1]) > 0:
        return None, None
    return ("failed", fails[0]) if fails else ("crashed", text.strip()[-200:])


def main(copy, mutants_path, cover, out, minutes):
    end = time.time() + 60 * float(minutes)
    with open(mutants_path) as file:
        mutants = json.load(file)
    projects = [os.path.basename(path)[:-4] for path in glob.glob(f"{cover}/*.xml")]
    tests = {project: Tests(cover, project) for project in sorted(projects)}
    plans = {mutant["number"]: plan(mutant, tests) for mutant in mutants}
    by_area = collections.defaultdict(list)
    for mutant in mutants:
        by_area[mutant["area"]].append(mutant)
    turns = [mutant for turn in itertools.zip_longest(*by_area.values()) for mutant in turn if mutant]
    known = [json.loads(line) for line in open(out)] if os.path.exists(out) else []
    killed = {line["number"] for line in known if line["how"]}
    done = {(line["number"], line["round"]) for line in known}
    with open(out, "a") as results:
        for index in range(4):
            cheapest = sorted(turns, key=lambda mutant: sum(seconds for _, _, seconds in plans[mutant["number"]][index]))
            for mutant in turns if index < 2 else cheapest:
                number = mutant["number"]
                if number in killed or (number, index) in done:
                    continue
                if time.time() > end:
                    return
                result = {"number": number, "round": index, "how": None, "by": None, "tests": 0}
                for project, names, usual in plans[number][index]:
                    result["how"], result["by"] = run(copy, project, number, names, usual)
                    result["tests"] += len(names)
                    if result["how"]:
                        killed.add(number)
                        break
                results.write(json.dumps(result) + "\n")
                results.flush()


if __name__ == "__main__":
    if len(sys.argv) != 6:
        sys.exit(__doc__)
    main(*sys.argv[1:])
